using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Simile.VectorData.Values;

/// <summary>
/// How values of one .NET type are kept in SQLite: as a 64-bit integer, a double, UTF-8 text or bytes, so that SQLite's order is the order
/// of .NET's comparison (docs/formats/collections.md).
/// </summary>
/// <param name="Type">The .NET type, not nullable.</param>
/// <param name="Storage">The SQLite storage class: INTEGER, REAL, TEXT or BLOB.</param>
/// <param name="Encode">From the .NET value to <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or bytes.</param>
/// <param name="Decode">The inverse.</param>
internal sealed record ScalarType(Type Type, string Storage, Func<object, object> Encode, Func<object, object> Decode)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // 10^28: the most decimal places of a decimal.
    private static readonly BigInteger DecimalScale = BigInteger.Pow(10, 28);

    // A decimal times 10^28 has at most 190 bits.
    private const int DecimalBytes = 25;

    private static readonly Dictionary<Type, ScalarType> All = new ScalarType[]
    {
        Integer<sbyte>(value => value, value => (sbyte)value),
        Integer<byte>(value => value, value => (byte)value),
        Integer<short>(value => value, value => (short)value),
        Integer<ushort>(value => value, value => (ushort)value),
        Integer<int>(value => value, value => (int)value),
        Integer<uint>(value => value, value => (uint)value),
        Integer<long>(value => value, value => value),

        // The highest bit is flipped, so that SQLite's signed order is the unsigned one.
        Integer<ulong>(value => unchecked((long)(value ^ (1UL << 63))), value => unchecked((ulong)value ^ (1UL << 63))),
        Integer<bool>(value => value ? 1 : 0, value => value != 0),
        Integer<char>(value => value, value => (char)value),
        Integer<DateOnly>(value => value.DayNumber, value => DateOnly.FromDayNumber((int)value)),
        Integer<TimeOnly>(value => value.Ticks, value => new TimeOnly(value)),
        Integer<TimeSpan>(value => value.Ticks, value => new TimeSpan(value)),
        new(typeof(float), "REAL", value => Number((float)value), value => (float)(double)value),
        new(typeof(double), "REAL", value => Number((double)value), value => value),
        new(typeof(string), "TEXT", value => Checked((string)value), value => value),
        new(typeof(Guid), "BLOB", value => ((Guid)value).ToByteArray(bigEndian: true), value => new Guid((byte[])value, bigEndian: true)),
        new(typeof(byte[]), "BLOB", value => value, value => value),
        new(typeof(decimal), "BLOB", value => FromDecimal((decimal)value), value => ToDecimal((byte[])value)),
        new(typeof(DateTime), "BLOB", value => Instant(((DateTime)value).Ticks, (short)((DateTime)value).Kind), value =>
            ToDateTime((byte[])value)),
        new(
            typeof(DateTimeOffset),
            "BLOB",
            value => Instant(((DateTimeOffset)value).UtcTicks, (short)((DateTimeOffset)value).TotalOffsetMinutes),
            value => ToDateTimeOffset((byte[])value)),
    }.ToDictionary(type => type.Type);

    /// <summary>
    /// Bytes that decide equality and order; the rest (the kind of a DateTime, the offset of a DateTimeOffset) is only kept.
    /// </summary>
    public const int InstantBytes = 8;

    /// <summary>Names of all types, for messages.</summary>
    public static string Names => string.Join(", ", All.Keys.Select(type => type.Name));

    /// <summary>Whether a value is an instant, of which only the first <see cref="InstantBytes"/> bytes are compared.</summary>
    public bool IsInstant => Type == typeof(DateTime) || Type == typeof(DateTimeOffset);

    /// <summary>Whether a value is a whole number that SQLite compares with other numbers.</summary>
    public bool IsInteger => Storage == "INTEGER" && Type != typeof(ulong) && (Type.IsPrimitive || Type.IsEnum) && Type != typeof(bool);

    /// <summary>The type for a .NET type, which may be nullable or an enumeration; null if it cannot be stored.</summary>
    public static ScalarType? Find(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? OfEnum(type) : All.GetValueOrDefault(type);
    }

    private static ScalarType OfEnum(Type type)
    {
        var number = All[Enum.GetUnderlyingType(type)];
        return new(type, "INTEGER", value => number.Encode(Convert.ChangeType(value, number.Type, null)), value =>
            Enum.ToObject(type, number.Decode(value)));
    }

    private static ScalarType Integer<T>(Func<T, long> encode, Func<long, T> decode)
        where T : notnull => new(typeof(T), "INTEGER", value => encode((T)value), value => decode((long)value));

    // SQLite would keep NaN as null, and negative zero as zero, which is equal to it.
    private static double Number(double value) =>
        double.IsNaN(value) ? throw new ArgumentException("A value is NaN, which a store cannot keep: store null instead.") : value + 0.0;

    private static string Checked(string value)
    {
        try
        {
            StrictUtf8.GetByteCount(value);
            return value;
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException(
                "A text holds half of a surrogate pair, which is no Unicode character: repair it, or store the bytes.", e);
        }
    }

    // Two's complement, big-endian, with the sign bit flipped: bytes compare as numbers do, whatever the number of decimal places.
    private static byte[] FromDecimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var scale = parts[3] >> 16 & 0xFF;
        var digits = ((BigInteger)(uint)parts[2] << 64) + ((BigInteger)(uint)parts[1] << 32) + (uint)parts[0];
        var number = (parts[3] < 0 ? -digits : digits) * DecimalScale / BigInteger.Pow(10, scale);
        var bytes = new byte[DecimalBytes];
        Array.Fill(bytes, (byte)(number.Sign < 0 ? 0xFF : 0));
        var written = number.ToByteArray(isBigEndian: true);
        written.CopyTo(bytes, DecimalBytes - written.Length);
        bytes[0] ^= 0x80;
        return bytes;
    }

    private static decimal ToDecimal(byte[] bytes)
    {
        var copy = (byte[])bytes.Clone();
        copy[0] ^= 0x80;
        var number = new BigInteger(copy, isBigEndian: true);
        var scale = 28;
        while (scale > 0 && number % 10 == 0)
        {
            (number, scale) = (number / 10, scale - 1);
        }

        var digits = BigInteger.Abs(number);
        return new decimal(
            (int)(uint)(digits & uint.MaxValue),
            (int)(uint)(digits >> 32 & uint.MaxValue),
            (int)(uint)(digits >> 64 & uint.MaxValue),
            number.Sign < 0,
            (byte)scale);
    }

    // Ticks first, so that bytes compare as instants do.
    private static byte[] Instant(long ticks, short rest)
    {
        var bytes = new byte[InstantBytes + sizeof(short)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ticks);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(InstantBytes), rest);
        return bytes;
    }

    private static DateTime ToDateTime(byte[] bytes) =>
        new DateTime(
            BinaryPrimitives.ReadInt64BigEndian(bytes), (DateTimeKind)BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(InstantBytes)));

    private static DateTimeOffset ToDateTimeOffset(byte[] bytes) =>
        new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes), TimeSpan.Zero)
            .ToOffset(TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(InstantBytes))));
}

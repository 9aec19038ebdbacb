using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Simile.Tables;

/// <summary>
/// The memory layout of a NumPy file, from its header (format versions 1.0 to 3.0): a Python dictionary of three entries, in any order.
/// </summary>
/// <remarks>
/// numpy.lib.format, NEP 1. The header is never evaluated as Python code: anything except a plain dictionary of these entries is rejected.
/// </remarks>
/// <param name="Type">The type of the numbers.</param>
/// <param name="IsColumnMajor">Whether the numbers of a column are contiguous (Fortran order) and not those of a row.</param>
/// <param name="Shape">The sizes of the axes, outermost first.</param>
internal sealed partial record NpyLayout(NpyType Type, bool IsColumnMajor, long[] Shape)
{
    // NumPy itself accepts at most 10,000 characters unless the caller trusts the file.
    private const int LongestHeader = 1 << 16;

    private const int Preamble = 8;

    /// <summary>Reads the header and leaves the stream at the first number.</summary>
    /// <exception cref="InvalidDataException">The file is not a NumPy file, is truncated, or holds a type of numbers that is not
    /// supported.</exception>
    public static NpyLayout Read(Stream file, string path)
    {
        Span<byte> preamble = stackalloc byte[Preamble];
        if (file.ReadAtLeast(preamble, Preamble, throwOnEndOfStream: false) < Preamble
            || preamble[0] != 0x93 || !preamble[1..6].SequenceEqual("NUMPY"u8))
        {
            throw preamble.StartsWith("PK"u8)
                ? new InvalidDataException(
                    $"{path} is an archive of several NumPy arrays (.npz): save the array of the vectors with numpy.save.")
                : new InvalidDataException($"{path} is not a NumPy file: save vectors with numpy.save, or with 'simile embed --out'.");
        }

        return Parse(ReadText(file, path, preamble[6]), path);
    }

    // The length has two bytes in version 1 and four in later versions. Version 3 is UTF-8, which matters only for field names.
    private static string ReadText(Stream file, string path, int version)
    {
        if (version is < 1 or > 3)
        {
            throw new InvalidDataException($"{path} is a NumPy file of version {version}, which is not supported: versions 1 to 3 are.");
        }

        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        var whole = file.ReadAtLeast(size, size.Length, throwOnEndOfStream: false) == size.Length;
        var length = !whole ? 0
            : version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size)
            : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
        {
            throw new InvalidDataException($"{path} claims that its header has {length:N0} bytes: it is damaged.");
        }

        var text = new byte[length];
        return whole && file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) == text.Length ? Encoding.UTF8.GetString(text)
            : throw new InvalidDataException($"{path} is truncated inside its header.");
    }

    private static NpyLayout Parse(string text, string path)
    {
        var entries = new Dictionary<string, string>();
        var dictionary = Dictionary().Match(text);
        foreach (var entry in dictionary.Success ? Entry().Matches(dictionary.Groups[1].Value) : Enumerable.Empty<Match>())
        {
            entries[entry.Groups["key"].Value] = entry.Groups["value"].Value;
        }

        if (!entries.TryGetValue("descr", out var type) || !entries.TryGetValue("fortran_order", out var order)
            || !entries.TryGetValue("shape", out var shape)
            || order is not ("True" or "False") || Sizes(shape) is not { } sizes)
        {
            throw new InvalidDataException($"{path} has a header that is not NumPy's (descr, fortran_order and shape): it is damaged.");
        }

        return new NpyLayout(NpyType.Parse(type, path), order == "True", sizes);
    }

    // Python 2 wrote 3L for a long integer.
    private static long[]? Sizes(string shape)
    {
        if (!shape.StartsWith('('))
        {
            return null;
        }

        var sizes = new List<long>();
        foreach (var part in shape.Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return null;
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }

    [GeneratedRegex(@"\A\s*\{(.*)\}\s*\z", RegexOptions.Singleline)]
    private static partial Regex Dictionary();

    [GeneratedRegex(
        @"(['""])(?<key>descr|fortran_order|shape)\1\s*:\s*(?<value>'[^']*'|""[^""]*""|\([^()]*\)|True|False|\[.*?\](?=\s*,\s*['""]|\s*,"
        + @"?\s*\z))",
        RegexOptions.Singleline)]
    private static partial Regex Entry();
}

using System.Runtime.CompilerServices;

namespace Simile.Numerics.Kernels;

/// <summary>How the components of stored rows are encoded.</summary>
internal unsafe interface IRowFormat
{
    /// <summary>Bytes per component.</summary>
    static abstract int Size { get; }

    /// <summary>Whether a component is offset + step · code, with one offset and step per row.</summary>
    static abstract bool Scaled { get; }

    /// <summary>Loads one vector of components from <paramref name="index"/> on, as floats.</summary>
    static abstract TVector Load<TLanes, TVector>(byte* row, nuint index)
        where TLanes : ILanes<TVector>
        where TVector : struct;

    /// <summary>Loads one component as a float.</summary>
    static abstract float Load(byte* row, nuint index);

    /// <summary>Encodes a vector as a row and writes its offset and step to <paramref name="scale"/>.</summary>
    static abstract void Write(ReadOnlySpan<float> vector, byte* row, float* scale);
}

/// <summary>Single precision.</summary>
internal readonly unsafe struct Float32Format : IRowFormat
{
    public static int Size => sizeof(float);

    public static bool Scaled => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TLanes, TVector>(byte* row, nuint index)
        where TLanes : ILanes<TVector>
        where TVector : struct => TLanes.Load(ref *(float*)row, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(byte* row, nuint index) => ((float*)row)[index];

    public static void Write(ReadOnlySpan<float> vector, byte* row, float* scale) => vector.CopyTo(new Span<float>(row, vector.Length));
}

/// <summary>Half precision. Holds no infinities and no NaN.</summary>
internal readonly unsafe struct Float16Format : IRowFormat
{
    public static int Size => sizeof(ushort);

    public static bool Scaled => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TLanes, TVector>(byte* row, nuint index)
        where TLanes : ILanes<TVector>
        where TVector : struct => TLanes.LoadHalves((ushort*)row + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(byte* row, nuint index) => (float)((Half*)row)[index];

    // A component beyond the range is clamped: an infinity would spoil every score of the row.
    public static void Write(ReadOnlySpan<float> vector, byte* row, float* scale)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            ((Half*)row)[i] = (Half)Math.Clamp(vector[i], (float)Half.MinValue, (float)Half.MaxValue);
        }
    }
}

/// <summary>Bytes 0 to 255 between the smallest and the largest component of the row.</summary>
internal readonly unsafe struct Int8Format : IRowFormat
{
    // Keeps offset + 255 · step finite, also on processors that round step · byte separately.
    private const float Most = 1.6e38f;

    public static int Size => sizeof(byte);

    public static bool Scaled => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TLanes, TVector>(byte* row, nuint index)
        where TLanes : ILanes<TVector>
        where TVector : struct => TLanes.LoadBytes(row + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(byte* row, nuint index) => row[index];

    public static void Write(ReadOnlySpan<float> vector, byte* row, float* scale)
    {
        var (least, greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var x in vector)
        {
            (least, greatest) = (Math.Min(least, x), Math.Max(greatest, x));
        }

        (least, greatest) = (Math.Clamp(least, -Most, Most), Math.Clamp(greatest, -Most, Most));
        scale[0] = least;
        scale[1] = (float)(((double)greatest - least) / byte.MaxValue);
        for (var i = 0; i < vector.Length; i++)
        {
            row[i] = scale[1] == 0 ? (byte)0 : (byte)Math.Clamp(Math.Round(((double)vector[i] - least) / scale[1]), 0, byte.MaxValue);
        }
    }
}

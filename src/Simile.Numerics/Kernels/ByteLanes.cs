using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Numerics.Kernels;

/// <summary>The vector operations of <see cref="ByteDot"/> in one vector width.</summary>
internal unsafe interface IByteLanes<TVector>
    where TVector : struct
{
    /// <summary>The number of bytes that widen to one vector of 16-bit integers.</summary>
    static abstract int Count { get; }

    /// <summary>Loads bytes and widens them to 16-bit integers.</summary>
    static abstract TVector Widen(byte* row);

    /// <summary>Loads 16-bit integers.</summary>
    static abstract TVector Load(short* query);

    /// <summary>sum + a · b, both of 16-bit integers. Each 32-bit lane adds two products.</summary>
    static abstract TVector MultiplyAdd(TVector sum, TVector a, TVector b);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>The sum of the lanes.</summary>
    static abstract int Sum(TVector a);
}

internal readonly unsafe struct ByteLanes512 : IByteLanes<Vector512<int>>
{
    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Widen(byte* row) => Avx512BW.IsSupported
        ? Avx512BW.ConvertToVector512Int16(Vector256.Load(row)).AsInt32()
        : Vector512.WidenLower(Vector256.Load(row).ToVector512Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(short* query) => Vector512.Load(query).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<int> sum, Vector512<int> a, Vector512<int> b) => Avx512BW.IsSupported
        ? sum + Avx512BW.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16())
        : Vector512.Create(
            ByteLanes256.MultiplyAdd(sum.GetLower(), a.GetLower(), b.GetLower()),
            ByteLanes256.MultiplyAdd(sum.GetUpper(), a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> a, Vector512<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Vector512<int> a) => Vector512.Sum(a);
}

internal readonly unsafe struct ByteLanes256 : IByteLanes<Vector256<int>>
{
    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Widen(byte* row) => Avx2.IsSupported
        ? Avx2.ConvertToVector256Int16(row).AsInt32()
        : Vector256.WidenLower(Vector128.Load(row).ToVector256Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(short* query) => Vector256.Load(query).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> sum, Vector256<int> a, Vector256<int> b) => Avx2.IsSupported
        ? sum + Avx2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16())
        : Vector256.Create(
            ByteLanes128.MultiplyAdd(sum.GetLower(), a.GetLower(), b.GetLower()),
            ByteLanes128.MultiplyAdd(sum.GetUpper(), a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Vector256<int> a) => Vector256.Sum(a);
}

internal readonly unsafe struct ByteLanes128 : IByteLanes<Vector128<int>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Widen(byte* row) => Sse41.IsSupported
        ? Sse41.ConvertToVector128Int16(row).AsInt32()
        : Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)row).AsByte()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(short* query) => Vector128.Load(query).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<int> sum, Vector128<int> a, Vector128<int> b) => Sse2.IsSupported
        ? sum + Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16())
        : sum + (Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16()))
            + (Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(Vector128<int> a, Vector128<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Vector128<int> a) => Vector128.Sum(a);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Simile.Numerics.Kernels;

namespace Simile.Index.Quantization;

/// <summary>
/// Sums table entries for 32 vectors of 4-bit codes at a time (André et al., "Cache locality is not enough", VLDB 2015): a table of 16
/// bytes is one register, and a byte shuffle looks up 16 codes at once.
/// </summary>
/// <remarks>
/// A block holds 32 vectors: 16 bytes per subspace, where byte i has the code of vector i in its low half and that of vector 16 + i in its
/// high half. The number of subspaces is padded to a multiple of four with zero tables, so that 512-bit registers are full.
/// </remarks>
internal static unsafe class FastScan
{
    /// <summary>Vectors per block.</summary>
    public const int BlockRows = 32;

    private const int TableBytes = 16;

    /// <summary>Number of subspaces including padding.</summary>
    public static int Padded(int subspaces) => (subspaces + 3) / 4 * 4;

    /// <summary>Bytes of a block. The tables of a code take half of it.</summary>
    public static int BlockBytes(int subspaces) => Padded(subspaces) * TableBytes;

    /// <summary>The largest table entry: sums must fit in 16 bits.</summary>
    public static int MaxEntry(int subspaces) => Math.Min(byte.MaxValue, ushort.MaxValue / Padded(subspaces));

    /// <summary>Writes the code (one byte per subspace, 0–15) of vector <paramref name="at"/>.</summary>
    public static void Put(ReadOnlySpan<byte> code, byte* blocks, int blockBytes, int at)
    {
        var target = Place(blocks, blockBytes, at, out var shift);
        for (var j = 0; j < code.Length; j++)
        {
            ref var pair = ref target[j * TableBytes];
            pair = (byte)((pair & ~(0xF << shift)) | (code[j] << shift));
        }
    }

    /// <summary>Reads the code (one byte per subspace) of vector <paramref name="at"/>.</summary>
    public static void Get(byte* blocks, int blockBytes, int at, Span<byte> code)
    {
        var source = Place(blocks, blockBytes, at, out var shift);
        for (var j = 0; j < code.Length; j++)
        {
            code[j] = (byte)(source[j * TableBytes] >> shift & 0xF);
        }
    }

    /// <summary>Copies the code of a vector to another position.</summary>
    public static void Move(byte* blocks, int blockBytes, int from, int to)
    {
        var source = Place(blocks, blockBytes, from, out var sourceShift);
        var target = Place(blocks, blockBytes, to, out var targetShift);
        for (var j = 0; j < blockBytes; j += TableBytes)
        {
            target[j] = (byte)((target[j] & ~(0xF << targetShift)) | ((source[j] >> sourceShift & 0xF) << targetShift));
        }
    }

    /// <summary>
    /// estimates[i] = sum of vector i's table entries · scale + offset + terms[i], for the 32 vectors of a block. Returns a bit for each
    /// estimate above the threshold.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Block(
        byte* codes,
        byte* tables,
        int blockBytes,
        float scale,
        float offset,
        float* terms,
        float threshold,
        float* estimates,
        KernelPath path) =>
        path switch
        {
            KernelPath.Vector512 when Avx512BW.IsSupported =>
                Block512(codes, tables, blockBytes, scale, offset, terms, threshold, estimates),
            KernelPath.Vector512 or KernelPath.Vector256 when Avx2.IsSupported =>
                Block256(codes, tables, blockBytes, scale, offset, terms, threshold, estimates),
            KernelPath.Scalar => BlockScalar(codes, tables, blockBytes, scale, offset, terms, threshold, estimates),
            _ => Block128(codes, tables, blockBytes, scale, offset, terms, threshold, estimates),
        };

    private static byte* Place(byte* blocks, int blockBytes, int at, out int shift)
    {
        var within = at % BlockRows;
        shift = within / TableBytes * 4;
        return blocks + (long)(at / BlockRows) * blockBytes + (within % TableBytes);
    }

    private static uint BlockScalar(
        byte* codes, byte* tables, int blockBytes, float scale, float offset, float* terms, float threshold, float* estimates)
    {
        var above = 0u;
        for (var i = 0; i < BlockRows; i++)
        {
            var sum = 0;
            for (var j = 0; j < blockBytes; j += TableBytes)
            {
                sum += tables[j + (codes[j + (i % TableBytes)] >> (i / TableBytes * 4) & 0xF)];
            }

            estimates[i] = (sum * scale) + (offset + terms[i]);
            above |= (estimates[i] > threshold ? 1u : 0) << i;
        }

        return above;
    }

    // Bytes are summed as 16-bit numbers: once with the adjacent byte above, and once the adjacent byte alone, which is subtracted at the
    // end.
    private static uint Block128(
        byte* codes, byte* tables, int blockBytes, float scale, float offset, float* terms, float threshold, float* estimates)
    {
        var (low, lowOdd, high, highOdd) = (Vector128<ushort>.Zero, Vector128<ushort>.Zero, Vector128<ushort>.Zero, Vector128<ushort>.Zero);
        var nibble = Vector128.Create((byte)0xF);
        for (var j = 0; j < blockBytes; j += TableBytes)
        {
            var pair = Vector128.Load(codes + j);
            var table = Vector128.Load(tables + j);
            var first = Vector128.ShuffleNative(table, pair & nibble).AsUInt16();
            var second = Vector128.ShuffleNative(table, (pair.AsUInt16() >>> 4).AsByte() & nibble).AsUInt16();
            low += first;
            lowOdd += first >>> 8;
            high += second;
            highOdd += second >>> 8;
        }

        return Finish(low - (lowOdd << 8), lowOdd, high - (highOdd << 8), highOdd, scale, offset, terms, threshold, estimates);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Block256(
        byte* codes, byte* tables, int blockBytes, float scale, float offset, float* terms, float threshold, float* estimates)
    {
        Vector256<ushort> low = Vector256<ushort>.Zero, lowOdd = low, high = low, highOdd = low;
        var nibble = Vector256.Create((byte)0xF);
        for (var j = 0; j < blockBytes; j += 2 * TableBytes)
        {
            var pair = Vector256.Load(codes + j);
            var table = Vector256.Load(tables + j);
            var first = Avx2.Shuffle(table, pair & nibble).AsUInt16();
            var second = Avx2.Shuffle(table, (pair.AsUInt16() >>> 4).AsByte() & nibble).AsUInt16();
            low += first;
            lowOdd += first >>> 8;
            high += second;
            highOdd += second >>> 8;
        }

        return Finish(
            Fold(low - (lowOdd << 8)),
            Fold(lowOdd),
            Fold(high - (highOdd << 8)),
            Fold(highOdd),
            scale,
            offset,
            terms,
            threshold,
            estimates);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Block512(
        byte* codes, byte* tables, int blockBytes, float scale, float offset, float* terms, float threshold, float* estimates)
    {
        Vector512<ushort> low = Vector512<ushort>.Zero, lowOdd = low, high = low, highOdd = low;
        var nibble = Vector512.Create((byte)0xF);
        for (var j = 0; j < blockBytes; j += 4 * TableBytes)
        {
            var pair = Vector512.Load(codes + j);
            var table = Vector512.Load(tables + j);
            var first = Avx512BW.Shuffle(table, pair & nibble).AsUInt16();
            var second = Avx512BW.Shuffle(table, (pair.AsUInt16() >>> 4).AsByte() & nibble).AsUInt16();
            low += first;
            lowOdd += first >>> 8;
            high += second;
            highOdd += second >>> 8;
        }

        return Finish(
            Fold(Fold(low - (lowOdd << 8))),
            Fold(Fold(lowOdd)),
            Fold(Fold(high - (highOdd << 8))),
            Fold(Fold(highOdd)),
            scale,
            offset,
            terms,
            threshold,
            estimates);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Fold(Vector512<ushort> sums) => sums.GetLower() + sums.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Fold(Vector256<ushort> sums) => sums.GetLower() + sums.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Finish(
        Vector128<ushort> lowEven,
        Vector128<ushort> lowOdd,
        Vector128<ushort> highEven,
        Vector128<ushort> highOdd,
        float scale,
        float offset,
        float* terms,
        float threshold,
        float* estimates) =>
        Half(lowEven, lowOdd, scale, offset, terms, threshold, estimates)
        | (Half(highEven, highOdd, scale, offset, terms + 16, threshold, estimates + 16) << 16);

    // Interleaves the sums of vectors with even and odd numbers: the even ones are in the low 16 bits of a lane, the odd ones in the high
    // 16.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(
        Vector128<ushort> even, Vector128<ushort> odd, float scale, float offset, float* terms, float threshold, float* estimates)
    {
        var (a, b) = (Vector128.WidenLower(even), Vector128.WidenUpper(even));
        var (c, d) = (Vector128.WidenLower(odd), Vector128.WidenUpper(odd));
        var above = Four(a, c, scale, offset, terms, threshold, estimates);
        return above | (Four(b, d, scale, offset, terms + 8, threshold, estimates + 8) << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Four(
        Vector128<uint> even, Vector128<uint> odd, float scale, float offset, float* terms, float threshold, float* estimates)
    {
        // 0 2 4 6 and 1 3 5 7 become 0 1 2 3 4 5 6 7.
        var both = Vector256.Create(even, odd);
        var ordered = Vector256.ConvertToSingle(Vector256.Shuffle(both, Vector256.Create(0u, 4, 1, 5, 2, 6, 3, 7)).AsInt32());
        var estimate = (ordered * Vector256.Create(scale)) + (Vector256.Create(offset) + Vector256.Load(terms));
        estimate.Store(estimates);
        return Vector256.GreaterThan(estimate, Vector256.Create(threshold)).ExtractMostSignificantBits();
    }
}

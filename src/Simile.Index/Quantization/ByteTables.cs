using System.Runtime.Intrinsics;

namespace Simile.Index.Quantization;

/// <summary>Tables of 16 bytes for <see cref="FastScan"/>: number ≈ byte · scale + the table's minimum.</summary>
internal static unsafe class ByteTables
{
    private const int Entries = 16;

    /// <summary>Rounds tables to bytes. Returns the common scale and the sum of the minima.</summary>
    /// <param name="tables">16 numbers per subspace.</param>
    /// <param name="bytes">16 bytes per subspace, padded with zeros.</param>
    public static (float Scale, float Offset) Fill(ReadOnlySpan<float> tables, Span<byte> bytes)
    {
        var subspaces = tables.Length / Entries;
        var (range, offset) = (0f, 0f);
        var leasts = stackalloc float[subspaces];
        for (var j = 0; j < subspaces; j++)
        {
            var (a, b) = (Vector256.Create(tables[(j * Entries)..]), Vector256.Create(tables[((j * Entries) + 8)..]));
            var least = Least(Vector256.Min(a, b));
            range = Math.Max(range, -Least(-Vector256.Max(a, b)) - least);
            leasts[j] = least;
            offset += least;
        }

        var most = FastScan.MaxEntry(subspaces);
        var steps = range > 0 && float.IsFinite(most / range) ? most / range : 0;
        for (var j = 0; j < subspaces; j++)
        {
            Round(tables.Slice(j * Entries, Entries), leasts[j], steps, bytes.Slice(j * Entries, Entries));
        }

        bytes[(subspaces * Entries)..].Clear();
        return (steps > 0 ? range / most : 0, offset);
    }

    private static void Round(ReadOnlySpan<float> table, float least, float steps, Span<byte> bytes)
    {
        var (a, b) = (Steps(table, least, steps), Steps(table[8..], least, steps));
        Vector128.Narrow(
            Vector128.Narrow(a.GetLower().AsUInt32(), a.GetUpper().AsUInt32()),
            Vector128.Narrow(b.GetLower().AsUInt32(), b.GetUpper().AsUInt32())).CopyTo(bytes);
    }

    private static Vector256<int> Steps(ReadOnlySpan<float> table, float least, float steps) =>
        Vector256.ConvertToInt32(((Vector256.Create(table) - Vector256.Create(least)) * steps) + Vector256.Create(0.5f));

    private static float Least(Vector256<float> values)
    {
        var four = Vector128.Min(values.GetLower(), values.GetUpper());
        var two = Vector128.Min(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Min(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}

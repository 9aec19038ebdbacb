namespace Simile.Numerics.Kernels;

/// <summary>
/// A group of queries, packed for <see cref="QueryTile{TStep}"/>: component j of all queries, then component j + 1 of all queries.
/// </summary>
/// <param name="Path">The vector width.</param>
/// <param name="Vectors">The number of vectors (1 or 2) that hold one component of all queries.</param>
/// <param name="First">The index of the first query.</param>
/// <param name="Slot">The position of the first query in arrays with one number per query. Padding counts.</param>
internal readonly record struct QueryPanel(KernelPath Path, int Vectors, int First, int Slot)
{
    /// <summary>The number of queries, including zero padding up to a full vector.</summary>
    public int Width => Lanes(Path) * Vectors;

    // A panel of four queries costs as much as three single queries.
    private const int Alone = 3;

    /// <summary>
    /// Splits a batch into panels: two vectors wide while there are enough queries, then one vector as narrow as possible. Up to three
    /// queries remain.
    /// </summary>
    public static List<QueryPanel> Cut(int queries, KernelPath best)
    {
        var panels = new List<QueryPanel>();
        var (first, slot) = (0, 0);
        while (first < queries - Alone)
        {
            var (path, vectors) = Fit(queries - first, best);
            panels.Add(new QueryPanel(path, vectors, first, slot));
            first += panels[^1].Width;
            slot += panels[^1].Width;
        }

        return panels;
    }

    /// <summary>Packs the panel's queries, rows of <paramref name="length"/> components, into the layout of the kernel.</summary>
    public void Pack(ReadOnlySpan<float> queries, int length, Span<float> target)
    {
        for (var i = 0; i < Width; i++)
        {
            var query = (First + i) * (long)length < queries.Length ? queries.Slice((First + i) * length, length) : default;
            for (var j = 0; j < length; j++)
            {
                target[(j * Width) + i] = query.IsEmpty ? 0 : query[j];
            }
        }
    }

    // Vectors of 128 bits are as slow as those of 256, so they serve only the last few queries. When one query more than half of the widest
    // vector remains, half a vector plus one single query cost less than a full vector.
    private static (KernelPath Path, int Vectors) Fit(int queries, KernelPath best)
    {
        var lanes = Lanes(best);
        return queries > lanes * 3 / 2 ? (best, 2)
            : queries > (lanes / 2) + (best == KernelPath.Vector512 ? 1 : 0) || best <= KernelPath.Vector128 ? (best, 1)
            : Fit(queries, best - 1);
    }

    private static int Lanes(KernelPath path) => path switch
    {
        KernelPath.Vector512 => Lanes512.Count,
        KernelPath.Vector256 => Lanes256.Count,
        KernelPath.Vector128 => Lanes128.Count,
        _ => 1,
    };
}

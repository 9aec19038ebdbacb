namespace Simile.Numerics.Kernels;

/// <summary>Some queries of a batch, packed for <see cref="QueryTile{TStep}"/>: component j of all of them, then component j + 1 of all of them.</summary>
/// <param name="Path">Width of a vector.</param>
/// <param name="Vectors">Vectors that hold one component of all queries: 1 or 2.</param>
/// <param name="First">Number of the first query.</param>
/// <param name="Slot">Where the first query's numbers stand in arrays of one number a query, those that fill a vector counted.</param>
internal readonly record struct QueryPanel(KernelPath Path, int Vectors, int First, int Slot)
{
    /// <summary>Queries and zeros that fill the last vector.</summary>
    public int Width => Lanes(Path) * Vectors;

    // A panel of four queries takes as long as three by themselves.
    private const int Alone = 3;

    /// <summary>Cuts a batch into panels: of two vectors while there are enough queries, then of one as narrow as holds the rest. Up to three queries are left over.</summary>
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

    /// <summary>Writes the panel's queries, rows of <paramref name="length"/> components, where the kernel reads them.</summary>
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

    // Vectors of 128 bits are as slow as those of 256: they are for the last few only. One query more than half of the widest vector's lanes
    // is left over: half a vector and one query alone take less than a whole one.
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

namespace Simile.Index.Hnsw;

/// <summary>Redirects edges around removed slots.</summary>
internal sealed class GraphRepair(Graph graph, bool[] dead)
{
    // More edges than in a fresh graph, because some information of removed slots is lost.
    private const float Alpha = 1.2f;

    private readonly Edges<RowSpace> _edges = new(
        new RowSpace(graph), graph.SquaredNorms is null ? null : new RowSpace(graph, products: true));

    /// <summary>Gives a live slot, for each removed neighbor, live neighbors of that one that differ in direction from its own.</summary>
    public unsafe void Mend(int slot)
    {
        var neighbors = stackalloc int[graph.Links.Stride];
        var count = graph.Links.Read(slot, neighbors);
        var row = new Span<int>(neighbors, count);
        if (dead[slot] || !HasDead(row))
        {
            return;
        }

        var candidates = new List<ulong>(count * count);
        foreach (var neighbor in row)
        {
            if (dead[neighbor])
            {
                AddLiving(slot, neighbor, candidates);
            }
            else
            {
                candidates.Add(_edges.Key(slot, neighbor));
            }
        }

        var chosen = new int[graph.Links.Degree];
        graph.Links.Write(slot, chosen.AsSpan(0, _edges.Choose(slot, candidates.ToArray(), Alpha, chosen)));
    }

    /// <summary>Replaces removed entries by live slots.</summary>
    public void ReplaceEntries()
    {
        var entries = graph.Entries.Where(slot => !dead[slot]).ToHashSet();
        var wanted = graph.Entries.Length;
        for (var slot = 0; slot < dead.Length && entries.Count < wanted; slot++)
        {
            if (!dead[slot])
            {
                entries.Add(slot);
            }
        }

        graph.Entries = [.. entries];
    }

    private bool HasDead(ReadOnlySpan<int> row)
    {
        foreach (var neighbor in row)
        {
            if (dead[neighbor])
            {
                return true;
            }
        }

        return false;
    }

    private unsafe void AddLiving(int slot, int neighbor, List<ulong> candidates)
    {
        var beyond = stackalloc int[graph.Links.Stride];
        var count = graph.Links.Read(neighbor, beyond);
        for (var i = 0; i < count; i++)
        {
            if (!dead[beyond[i]] && beyond[i] != slot)
            {
                candidates.Add(_edges.Key(slot, beyond[i]));
            }
        }
    }
}

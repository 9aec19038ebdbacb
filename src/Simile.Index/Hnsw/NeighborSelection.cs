namespace Simile.Index.Hnsw;

/// <summary>Selects neighbors in different directions.</summary>
internal static class NeighborSelection
{
    /// <summary>
    /// Takes candidates in order of distance. Skips one if a selected neighbor is closer to it, by the factor <paramref name="alpha"/>,
    /// than the node is (HNSW's heuristic, algorithm 4, with Vamana's factor: Subramanya et al. 2019).
    /// </summary>
    /// <param name="space">Gives distances.</param>
    /// <param name="node">The slot that needs neighbors.</param>
    /// <param name="candidates">
    /// Slots with <see cref="Candidate"/> keys of minus the distance. Sorted here; may contain the node and duplicates.
    /// </param>
    /// <param name="alpha">At least 1. A larger value keeps more neighbors.</param>
    /// <param name="chosen">Receives the neighbors. Its length is the maximum number.</param>
    /// <returns>The number of selected neighbors.</returns>
    public static int Run<TSpace>(TSpace space, int node, Span<ulong> candidates, float alpha, Span<int> chosen)
        where TSpace : struct, INodeSpace
    {
        candidates.Sort();
        var count = 0;
        var last = node;
        foreach (var candidate in candidates)
        {
            var slot = Candidate.Slot(candidate);
            if (slot == node || slot == last)
            {
                continue;
            }

            last = slot;
            if (IsApart(space, slot, -Candidate.Score(candidate), alpha, chosen[..count]))
            {
                chosen[count++] = slot;
                if (count == chosen.Length)
                {
                    break;
                }
            }
        }

        return count;
    }

    private static bool IsApart<TSpace>(TSpace space, int slot, float distance, float alpha, ReadOnlySpan<int> chosen)
        where TSpace : struct, INodeSpace
    {
        foreach (var other in chosen)
        {
            if (alpha * space.Distance(slot, other) < distance)
            {
                return false;
            }
        }

        return true;
    }
}

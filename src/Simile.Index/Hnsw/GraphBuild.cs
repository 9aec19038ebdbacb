using System.Runtime.CompilerServices;

namespace Simile.Index.Hnsw;

/// <summary>Links many new slots into a graph.</summary>
/// <remarks>
/// Slots are linked in batches that grow with the graph (ParlayANN's prefix doubling, Manohar et al. 2024). Each slot of a batch searches
/// the graph as it was before the batch, so the result is the same on any number of cores.
/// </remarks>
internal sealed class GraphBuild<TSpace>(Graph graph, Edges<TSpace> edges, HnswOptions options, ScratchPool scratches)
    where TSpace : struct, INodeSpace
{
    private const int FirstBatch = 64;
    private const int Chunk = 16;
    private const float Alpha = 1.0f;

    private readonly int _degree = graph.Links.Degree;

    /// <summary>Links slots whose vectors and codes are complete.</summary>
    /// <param name="slots">The slots in the order of linking.</param>
    /// <param name="linked">Number of slots already in the graph.</param>
    /// <param name="progress">Optional callback with the number of linked slots.</param>
    /// <param name="cancellationToken">Checked between batches.</param>
    public void Insert(ReadOnlyMemory<int> slots, int linked, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var done = 0;
        if (graph.Entries.Length == 0)
        {
            done = Math.Min(slots.Length, FirstBatch);
            LinkFirst(slots.Span[..done]);
            AddEntries(slots.Span[..done], done);
        }

        while (done < slots.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var all = linked + done;
            var batch = slots.Slice(
                done, Math.Min(slots.Length - done, Math.Max(FirstBatch, Math.Min(all / 4, (linked + slots.Length) / 50))));
            Link(batch);
            done += batch.Length;
            AddEntries(batch.Span, linked + done);
            progress?.Report(done);
        }
    }

    // The first slots select neighbors among each other.
    private void LinkFirst(ReadOnlySpan<int> slots)
    {
        var candidates = new ulong[slots.Length];
        var chosen = new int[_degree];
        foreach (var slot in slots)
        {
            for (var i = 0; i < slots.Length; i++)
            {
                candidates[i] = edges.Key(slot, slots[i]);
            }

            graph.Links.Write(slot, chosen.AsSpan(0, edges.Choose(slot, candidates, Alpha, chosen)));
        }
    }

    private void Link(ReadOnlyMemory<int> batch)
    {
        var chosen = new int[batch.Length][];
        Parallel.For(0, (batch.Length + Chunk - 1) / Chunk, chunk =>
        {
            var scratch = scratches.Take();
            for (var i = chunk * Chunk; i < Math.Min(batch.Length, (chunk + 1) * Chunk); i++)
            {
                chosen[i] = Choose(batch.Span[i], scratch);
            }

            scratches.Return(scratch);
        });
        for (var i = 0; i < chosen.Length; i++)
        {
            graph.Links.Write(batch.Span[i], chosen[i]);
        }

        LinkBack(batch.Span, chosen);
    }

    private int[] Choose(int slot, SearchScratch scratch)
    {
        var candidates = edges.Candidates(graph, slot, options.EfConstruction, scratch);
        var chosen = (stackalloc int[_degree]);
        return chosen[..edges.Choose(slot, candidates, Alpha, chosen)].ToArray();
    }

    // Reverse edges, grouped by target, so that slots are rewritten in parallel and in an order that does not depend on threads.
    private void LinkBack(ReadOnlySpan<int> batch, int[][] chosen)
    {
        var back = new (int To, int From)[chosen.Sum(row => row.Length)];
        var at = 0;
        for (var i = 0; i < chosen.Length; i++)
        {
            foreach (var to in chosen[i])
            {
                back[at++] = (to, batch[i]);
            }
        }

        Array.Sort(back);
        var starts = new List<int>();
        for (var i = 0; i < back.Length; i++)
        {
            if (i == 0 || back[i].To != back[i - 1].To)
            {
                starts.Add(i);
            }
        }

        starts.Add(back.Length);
        Parallel.For(0, starts.Count - 1, i => LinkBack(back.AsSpan(starts[i]..starts[i + 1])));
    }

    [SkipLocalsInit]
    private unsafe void LinkBack(ReadOnlySpan<(int To, int From)> back)
    {
        var slot = back[0].To;
        var neighbors = stackalloc int[graph.Links.Stride];
        var count = graph.Links.Read(slot, neighbors);
        if (count + back.Length <= _degree)
        {
            foreach (var (_, from) in back)
            {
                neighbors[count++] = from;
            }

            graph.Links.Write(slot, new ReadOnlySpan<int>(neighbors, count));
            return;
        }

        var candidates = new ulong[count + back.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            candidates[i] = edges.Key(slot, i < count ? neighbors[i] : back[i - count].From);
        }

        var chosen = new Span<int>(neighbors, _degree);
        graph.Links.Write(slot, chosen[..edges.Choose(slot, candidates, Alpha, chosen)]);
    }

    // Slots come in random order, so the first ones are a random sample.
    private void AddEntries(ReadOnlySpan<int> slots, int linked)
    {
        var missing = EntryCount(linked) - graph.Entries.Length;
        if (missing > 0)
        {
            graph.Entries = [.. graph.Entries, .. slots[..Math.Min(missing, slots.Length)]];
        }
    }

    private static int EntryCount(int linked) => Math.Clamp((int)Math.Sqrt(linked) / 2, 16, 1024);
}

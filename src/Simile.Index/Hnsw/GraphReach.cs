namespace Simile.Index.Hnsw;

/// <summary>
/// Ensures that every slot can be found: adds edges to unreachable slots, and entries in regions that walks do not reach.
/// </summary>
/// <remarks>
/// Neighbors are selected for each slot separately, so occasionally no slot selects one, and groups that are tighter than the distance to
/// others select only among themselves. For the writer only. Searches may run concurrently.
/// </remarks>
internal sealed unsafe class GraphReach(Graph graph, bool[] isFree, ScratchPool scratches)
{
    private const int Breadth = 64;
    private const int MostProbed = 1024;

    // One slot in this many is probed.
    private const int ProbedEach = 16;

    // Probing adds entries up to this multiple of the existing ones.
    private const int MostEntries = 3;

    private readonly RowSpace _space = new(graph);
    private readonly int[] _parents = new int[graph.Used];
    private readonly int[] _queue = new int[graph.Used];
    private int _queued;

    /// <summary>Makes every slot reachable from the first entry.</summary>
    public void Connect()
    {
        if (graph.Entries.Length == 0)
        {
            return;
        }

        _parents.AsSpan().Fill(-1);
        if (graph.Entries.FirstOrDefault(slot => !isFree[slot], -1) is var first && first >= 0)
        {
            Reach(first, first);
        }

        var lost = new List<int>();
        for (var slot = 0; slot < graph.Used; slot++)
        {
            if (_parents[slot] < 0 && !isFree[slot] && !TryConnect(slot))
            {
                lost.Add(slot);
            }
        }

        // Slots connected later may have space for edges.
        var entries = lost.Where(slot => _parents[slot] < 0 && !TryConnect(slot)).ToArray();
        if (entries.Length > 0)
        {
            graph.Entries = [.. graph.Entries, .. entries];
        }
    }

    /// <summary>Walks to sample slots, and makes those entries that are not found.</summary>
    public void Probe()
    {
        var wanted = Math.Min(MostProbed, graph.Used / ProbedEach);
        var slots = Enumerable.Range(0, wanted).Select(i => (int)((long)i * graph.Used / wanted)).Where(slot => !isFree[slot]).ToArray();
        var found = new bool[slots.Length];
        Parallel.For(0, slots.Length, i => found[i] = Finds(slots[i]));
        var most = (MostEntries + 1) * graph.Entries.Length;
        for (var i = 0; i < slots.Length && graph.Entries.Length < most; i++)
        {
            // An entry added before may have helped.
            if (!found[i] && !Finds(slots[i]))
            {
                graph.Entries = [.. graph.Entries, slots[i]];
            }
        }
    }

    // Marks all slots reachable from a slot.
    private void Reach(int slot, int parent)
    {
        var neighbors = stackalloc int[graph.Links.Stride];
        var next = _queued;
        Mark(slot, parent);
        for (; next < _queued; next++)
        {
            var from = _queue[next];
            var count = graph.Links.Read(from, neighbors);
            for (var i = 0; i < count; i++)
            {
                if (_parents[neighbors[i]] < 0 && !isFree[neighbors[i]])
                {
                    Mark(neighbors[i], from);
                }
            }
        }
    }

    private void Mark(int slot, int parent)
    {
        _parents[slot] = parent;
        _queue[_queued++] = slot;
    }

    // Adds an edge from its closest reachable neighbor, or from the end of a walk to it.
    private bool TryConnect(int slot)
    {
        var neighbors = stackalloc int[graph.Links.Stride];
        var count = graph.Links.Read(slot, neighbors);
        if (TryConnect(slot, new ReadOnlySpan<int>(neighbors, count)))
        {
            return true;
        }

        var scratch = scratches.Take();
        var found = new int[_space.Search(graph, slot, Breadth, scratch)];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = Candidate.Slot(scratch.Pool[i]);
        }

        scratches.Return(scratch);
        return TryConnect(slot, found);
    }

    private bool TryConnect(int slot, ReadOnlySpan<int> others)
    {
        var candidates = new List<ulong>();
        foreach (var other in others)
        {
            if (other < _parents.Length && _parents[other] >= 0 && other != slot)
            {
                candidates.Add(Candidate.Of(-_space.Distance(slot, other), other));
            }
        }

        candidates.Sort();
        foreach (var candidate in candidates)
        {
            if (TryLink(Candidate.Slot(candidate), slot))
            {
                Reach(slot, Candidate.Slot(candidate));
                return true;
            }
        }

        return false;
    }

    // An edge that makes others reachable stays. Of the rest the longest is replaced.
    private bool TryLink(int from, int to)
    {
        if (graph.Links.TryAppend(from, to))
        {
            return true;
        }

        var neighbors = stackalloc int[graph.Links.Stride];
        var count = graph.Links.Read(from, neighbors);
        var (worst, distance) = (-1, float.NegativeInfinity);
        for (var i = 0; i < count; i++)
        {
            if (_parents[neighbors[i]] != from && _space.Distance(from, neighbors[i]) is var length && length > distance)
            {
                (worst, distance) = (i, length);
            }
        }

        if (worst < 0)
        {
            return false;
        }

        neighbors[worst] = to;
        graph.Links.Write(from, new ReadOnlySpan<int>(neighbors, count));
        return true;
    }

    private bool Finds(int slot)
    {
        var scratch = scratches.Take();
        var found = _space.Search(graph, slot, Breadth, scratch);
        var self = false;
        for (var i = 0; i < found && !self; i++)
        {
            self = Candidate.Slot(scratch.Pool[i]) == slot;
        }

        scratches.Return(scratch);
        return self;
    }
}

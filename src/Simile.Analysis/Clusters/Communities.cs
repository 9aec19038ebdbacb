namespace Simile.Analysis;

/// <summary>A partition of a graph's nodes, with the moves of Leiden's algorithm.</summary>
internal sealed class Communities
{
    private readonly WeightedGraph _graph;
    private readonly double[] _degrees;
    private readonly double _total; // of all degrees
    private readonly LeidenOptions _options;
    private readonly int[] _of;
    private readonly double[] _mass; // the degrees of each community
    private readonly double[] _toward; // the weight from the node at hand to each community
    private readonly List<int> _near = []; // the communities of which that is not 0

    public Communities(WeightedGraph graph, int[] of, LeidenOptions options)
    {
        (_graph, _of, _options, _degrees) = (graph, of, options, graph.Degrees());
        _total = _degrees.Sum();
        var most = Math.Max(graph.Count, of.Max() + 1);
        (_mass, _toward) = (new double[most], new double[most]);
        for (var node = 0; node < of.Length; node++)
        {
            _mass[of[node]] += _degrees[node];
        }
    }

    public int Of(int node) => _of[node];

    /// <summary>The modularity at the resolution.</summary>
    public double Quality()
    {
        var inside = Enumerable.Range(0, _graph.Count)
            .Sum(i => _graph.Inner[i] + Enumerable.Range(_graph.Starts[i], _graph.Starts[i + 1] - _graph.Starts[i])
                .Sum(e => _of[_graph.Ends[e]] == _of[i] ? _graph.Weights[e] : 0));
        return _total == 0 ? 0 : (inside / _total) - (_options.Resolution * _mass.Sum(m => m / _total * (m / _total)));
    }

    /// <summary>
    /// Moves nodes to the communities with the largest gain until no move helps. Only nodes whose neighbors moved are visited again.
    /// </summary>
    public void MoveNodes(Random random, CancellationToken cancellationToken)
    {
        var order = Enumerable.Range(0, _graph.Count).ToArray();
        random.Shuffle(order);
        var (queue, queued) = (new Queue<int>(order), new bool[_graph.Count]);
        queued.AsSpan().Fill(true);
        while (queue.TryDequeue(out var node))
        {
            if (queue.Count % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            queued[node] = false;
            var from = _of[node];
            if (Move(node) == from)
            {
                continue;
            }

            for (var e = _graph.Starts[node]; e < _graph.Starts[node + 1]; e++)
            {
                var other = _graph.Ends[e];
                if (_of[other] != _of[node] && !queued[other])
                {
                    queued[other] = true;
                    queue.Enqueue(other);
                }
            }
        }
    }

    /// <summary>
    /// Refines communities into well-connected sets: isolated nodes join a set of their community, with a probability that grows with the
    /// gain.
    /// </summary>
    /// <returns>The set of each node, numbered from 0, and the number of sets.</returns>
    public (int[] Sets, int Count) Refine(Random random, CancellationToken cancellationToken)
    {
        var sets = Enumerable.Range(0, _graph.Count).ToArray();
        var refined = new Communities(_graph, sets, _options);
        var outward = new double[_graph.Count]; // the weight from each set to the rest of its community
        var alone = new bool[_graph.Count];
        alone.AsSpan().Fill(true);
        for (var node = 0; node < outward.Length; node++)
        {
            outward[node] = WithinCommunity(node);
        }

        var order = Enumerable.Range(0, _graph.Count).ToArray();
        random.Shuffle(order);
        foreach (var (at, node) in order.Index())
        {
            if (at % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (alone[node] && WellConnected(node, outward[node], _degrees[node]))
            {
                refined.MoveInto(node, refined.Draw(node, this, outward, random), outward, alone);
            }
        }

        var names = new Dictionary<int, int>();
        return (Array.ConvertAll(sets, s => names.TryGetValue(s, out var name) ? name : names[s] = names.Count), names.Count);
    }

    // Enough weight to the rest of the community, relative to its size.
    private bool WellConnected(int node, double outward, double mass) =>
        outward >= _options.Resolution * mass * (_mass[_of[node]] - mass) / _total;

    private double WithinCommunity(int node)
    {
        var sum = 0.0;
        for (var e = _graph.Starts[node]; e < _graph.Starts[node + 1]; e++)
        {
            sum += _of[_graph.Ends[e]] == _of[node] ? _graph.Weights[e] : 0;
        }

        return sum;
    }

    private int Move(int node)
    {
        Look(node);
        var own = _of[node];
        _mass[own] -= _degrees[node];
        var (best, gain) = (own, Gain(node, own));
        foreach (var community in _near)
        {
            var other = Gain(node, community);
            // More than rounding, so that no node oscillates.
            if (other > gain + (1e-12 * _degrees[node]))
            {
                (best, gain) = (community, other);
            }
        }

        _mass[best] += _degrees[node];
        _of[node] = best;
        return best;
    }

    private double Gain(int node, int community) => _toward[community] - (_options.Resolution * _degrees[node] * _mass[community] / _total);

    // Sums the weights from a node to each community.
    private void Look(int node)
    {
        foreach (var community in _near)
        {
            _toward[community] = 0;
        }

        _near.Clear();
        for (var e = _graph.Starts[node]; e < _graph.Starts[node + 1]; e++)
        {
            var community = _of[_graph.Ends[e]];
            if (_toward[community] == 0)
            {
                _near.Add(community);
            }

            _toward[community] += _graph.Weights[e];
        }
    }

    // Chooses a set of the node's community with probability proportional to exp(gain / θ).
    private int Draw(int node, Communities parents, double[] outward, Random random)
    {
        Look(node);
        var own = _of[node];
        _mass[own] -= _degrees[node];
        var (choices, chances, sum) = (new List<int> { own }, new List<double> { 1 }, 1.0);
        foreach (var set in _near)
        {
            var gain = Gain(node, set) / _total;
            // The number of a set is that of its first node, which gives its community.
            if (set != own && parents._of[set] == parents._of[node] && gain >= 0 && parents.WellConnected(node, outward[set], _mass[set]))
            {
                choices.Add(set);
                chances.Add(Math.Exp(Math.Min(700, gain * _graph.Count / _options.Randomness)));
                sum += chances[^1];
            }
        }

        _mass[own] += _degrees[node];
        var left = random.NextDouble() * sum;
        var choice = 0;
        while (choice < choices.Count - 1 && (left -= chances[choice]) >= 0)
        {
            choice++;
        }

        return choices[choice];
    }

    private void MoveInto(int node, int set, double[] outward, bool[] alone)
    {
        if (set == _of[node])
        {
            return;
        }

        outward[set] += outward[node] - (2 * _toward[set]);
        _mass[_of[node]] -= _degrees[node];
        _mass[set] += _degrees[node];
        (alone[node], alone[set]) = (false, false);
        _of[node] = set;
    }
}

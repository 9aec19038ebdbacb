using Simile.Index.Codes;
using Simile.Index.Hnsw;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    // After a scan, rescore one in this many candidates, at most this multiple of the walk's: far from the query, codes are less reliable.
    private const int ScannedEach = 16;
    private const int MostRescored = 8;

    // For a query that is far from all vectors, a walk keeps so many times as many candidates, or everything is scanned.
    private const int FarBreadth = 16;

    /// <inheritdoc/>
    public override int Search(ReadOnlySpan<float> query, Span<Hit> hits, IdFilter? filter = null) =>
        Search(query, hits, Ef, filter, isChecked: _ef is null);

    /// <summary>As the other overload, with its own breadth.</summary>
    /// <param name="query">A vector with <see cref="VectorIndex.Dimensions"/> components.</param>
    /// <param name="hits">Receives the hits. Its length is the requested number.</param>
    /// <param name="ef">Number of candidates to keep, 1 to 65,536.</param>
    /// <param name="filter">The allowed ids; null for all.</param>
    /// <exception cref="ArgumentException">The query has other dimensions, or holds NaN or infinity.</exception>
    public int Search(ReadOnlySpan<float> query, Span<Hit> hits, int ef, IdFilter? filter = null) =>
        Search(query, hits, ef, filter, isChecked: false);

    // Checked: with what the index knows of itself, unless the caller set the breadth.
    private int Search(ReadOnlySpan<float> query, Span<Hit> hits, int ef, IdFilter? filter, bool isChecked)
    {
        Check(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(ef, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ef, 65536);
        using var reading = Read();
        var scratch = _scratches.Take();
        scratch.Snapshot.Begin(Volatile.Read(ref _changes)); // before the graph is read, which may be newer, and no older
        try
        {
            Graph graph;
            if (!(isChecked && _scans))
            {
                var nearness = isChecked && filter is null ? Volatile.Read(ref _nearness) : null;
                var found = Find(query, Math.Max(ef, hits.Length), hits.Length, filter, nearness, scratch, out graph);
                var count = Rescore(graph, scratch, found, hits, filter, slots: false);
                if (!scratch.IsUnsure)
                {
                    return count;
                }
            }

            var all = Scan(query, Math.Max(1, hits.Length), filter, scratch, out graph);
            return Rescore(graph, scratch, all, hits, filter, slots: false);
        }
        finally
        {
            scratch.Snapshot.End();
            _scratches.Return(scratch);
        }
    }

    /// <inheritdoc/>
    public override Hit[] SearchRange(ReadOnlySpan<float> query, float score, IdFilter? filter = null)
    {
        Check(query);
        CheckScore(score);
        // While all candidates are within the range there may be more, including some added meanwhile.
        var most = filter?.Count ?? int.MaxValue;
        for (var kept = (long)Ef; ; kept *= 4)
        {
            var hits = new Hit[Math.Min(kept, Math.Min(most, Count + 1L))];
            var found = hits.AsSpan(
                0, Search(query, hits, (int)Math.Min(65536, Math.Max(1, 2L * hits.Length)), filter, isChecked: _ef is null));
            var within = 0;
            while (within < found.Length && found[within].Score >= score)
            {
                within++;
            }

            if (within < hits.Length || within == most)
            {
                return hits[..within];
            }
        }
    }

    // Leaves the candidates in the pool, best first, and returns their number.
    private unsafe int Find(
        ReadOnlySpan<float> query, int ef, int k, IdFilter? filter, Nearness? nearness, SearchScratch scratch, out Graph graph)
    {
        graph = Volatile.Read(ref _graph);
        var padded = scratch.Query.Slice(0, Dimensions);
        MetricScore.Prepare(Metric, query, padded);
        (scratch.Work.Noise, scratch.Work.Unit) = (0, 1); // no codes, until some are compared
        scratch.IsFar = false;
        // Codes carry no information for huge numbers.
        if (graph.Codes is null || !PrincipalAxes.IsUsual(padded))
        {
            return Find(
                graph, new RowScorer(graph.Rows, scratch.Query.Pointer), ef, k, filter, nearness, scratch, SearchCost.OfRows(Dimensions));
        }

        padded.CopyTo(scratch.Work.Vector.Slice(0, Dimensions));
        return KernelPaths.Best switch
        {
            KernelPath.Vector512 => FindByCodes<CodeKernel512>(graph, ef, k, filter, nearness, scratch),
            KernelPath.Vector256 => FindByCodes<CodeKernel256>(graph, ef, k, filter, nearness, scratch),
            _ => FindByCodes<CodeKernel128>(graph, ef, k, filter, nearness, scratch),
        };
    }

    // The best candidates by exact scores.
    private unsafe int Scan(ReadOnlySpan<float> query, int k, IdFilter? filter, SearchScratch scratch, out Graph graph)
    {
        graph = Volatile.Read(ref _graph);
        (scratch.Work.Noise, scratch.Work.Unit, scratch.IsFar) = (0, 1, false);
        MetricScore.Prepare(Metric, query, scratch.Query.Slice(0, Dimensions));
        return SlotScan.Run(graph, new RowScorer(graph.Rows, scratch.Query.Pointer), filter, scratch, k);
    }

    private unsafe int FindByCodes<TKernel>(Graph graph, int ef, int k, IdFilter? filter, Nearness? nearness, SearchScratch scratch)
        where TKernel : struct, ICodeKernel
    {
        var codes = graph.Codes!;
        var scale = codes.Prepare<TKernel>(scratch.Work.Vector.Pointer, scratch.Work);
        var (lines, cost) = (graph.CodeBytes!, SearchCost.OfCodes(codes.Layout.Lines));
        // From far outside no step of a walk is clearly the best: all are looked at.
        if (codes.IsFar(scratch.Work.Vector.Slice(0, Dimensions)))
        {
            cost = cost with { Line = 0 };
        }

        return graph.Scaled
            ? Find(
                graph,
                new ScaledCodeScorer<TKernel>(lines.Pointer, codes.Layout, scratch.Work, scale),
                ef,
                k,
                filter,
                nearness,
                scratch,
                cost)
            : Find(
                graph, new CodeScorer<TKernel>(lines.Pointer, codes.Layout, scratch.Work, scale), ef, k, filter, nearness, scratch, cost);
    }

    // Either a walk with more candidates than requested, because some are not allowed, or a scan of the allowed ones: whichever costs less.
    private unsafe int Find<TScorer>(
        Graph graph, TScorer scorer, int ef, int k, IdFilter? filter, Nearness? nearness, SearchScratch scratch, SearchCost cost)
        where TScorer : struct, IScorer
    {
        var allowed = Math.Min(Count, filter?.Count ?? int.MaxValue);
        var scanned = Math.Min(allowed, InGraph);
        var least = Math.Min(allowed, Math.Max(k, ef / 2));
        for (var kept = (long)Math.Ceiling(ef * Math.Max(1, InGraph / Math.Max(1.0, allowed))); ; kept *= 2)
        {
            if (kept >= InGraph || cost.OfScan(scanned) <= cost.OfWalk(kept))
            {
                return SlotScan.Run(graph, scorer, filter, scratch, Math.Clamp(scanned / ScannedEach, ef, MostRescored * ef));
            }

            var found = GraphSearch.Run(graph, scorer, scratch, (int)kept);
            if (nearness is not null && found > 0
                && nearness.IsFar(
                    scratch.Query.Slice(0, Dimensions), graph.Rows.Score(scratch.Query.Pointer, Candidate.Slot(scratch.Pool[0]))))
            {
                (nearness, scratch.IsFar) = (null, true);
                kept = Math.Min(kept * (FarBreadth / 2), int.MaxValue / 4);
                continue;
            }

            var answers = found;
            if (filter is not null || _tombstones.Count > 0 || Volatile.Read(ref _unshown) > 0 || scratch.Snapshot.SeesChanges())
            {
                (found, answers) = Answerable(graph, filter, scratch, found, ef);
            }

            if (answers >= least)
            {
                return found;
            }
        }
    }

    // Moves allowed candidates to the front. A candidate of equal vectors has several answers.
    private static unsafe (int Found, int Answers) Answerable(Graph graph, IdFilter? filter, SearchScratch scratch, int found, int ef)
    {
        var (count, answers) = (0, 0);
        for (var i = 0; i < found && count < ef; i++)
        {
            var allowed = scratch.Snapshot.CountAllowed(graph.Ids, Candidate.Slot(scratch.Pool[i]), filter, ef);
            if (allowed > 0)
            {
                scratch.Pool[count++] = scratch.Pool[i];
                answers += allowed;
            }
        }

        return (count, answers);
    }

    // Rows are prefetched a few ahead: each spans many cache lines, and too many prefetches at once are dropped. Candidates are in the
    // order of their code scores. Once the next one's score is surely too low, given the errors seen so far, the rest is skipped.
    private static unsafe int Rescore(Graph graph, SearchScratch scratch, int found, Span<Hit> hits, IdFilter? filter, bool slots)
    {
        const int Ahead = 3;
        scratch.IsUnsure = false;
        if (hits.IsEmpty)
        {
            return 0;
        }

        var pool = scratch.Pool;
        var best = new TopK(hits);
        var error = new ScoreError(scratch.Work.Noise, ScoreError.MarginOf(found));
        var unit = scratch.Work.Unit;
        var (scaled, apart) = (graph.Scaled, scratch.Work.Noise > 0 ? graph.Apart : []);
        foreach (var slot in apart)
        {
            if (graph.IsApart(slot))
            {
                Show(graph, slot, graph.Rows.Score(scratch.Query.Pointer, slot), filter, slots, scratch, ref best);
            }
        }

        for (var i = 0; i < Math.Min(Ahead, found); i++)
        {
            graph.PrefetchRow(Candidate.Slot(pool[i]));
        }

        for (var i = 0; i < found; i++)
        {
            if (error.Best(unit * Candidate.Score(pool[i]), scaled ? graph.Factor(Candidate.Slot(pool[i])) : 1) < best.Threshold)
            {
                // Other candidates may have larger errors.
                if (scaled)
                {
                    continue;
                }

                break;
            }

            if (i + Ahead < found)
            {
                graph.PrefetchRow(Candidate.Slot(pool[i + Ahead]));
            }

            var slot = Candidate.Slot(pool[i]);
            if (apart.Length > 0 && graph.IsApart(slot))
            {
                continue;
            }

            var score = graph.Rows.Score(scratch.Query.Pointer, slot);
            error.See(unit * Candidate.Score(pool[i]), score);
            Show(graph, slot, score, filter, slots, scratch, ref best);
        }

        // Codes that do not tell what is far from the query apart: others might have been better.
        scratch.IsUnsure = scratch.IsFar && scratch.Work.Noise > 0 && found > 0
            && !error.Tells(unit * (Candidate.Score(pool[0]) - Candidate.Score(pool[found - 1])));
        return best.Sort();
    }

    private static void Show(Graph graph, int slot, float score, IdFilter? filter, bool slots, SearchScratch scratch, ref TopK best)
    {
        if (slots)
        {
            best.Add(new Hit(slot, score));
        }
        else
        {
            scratch.Snapshot.Show(graph.Ids, slot, score, filter, ref best);
        }
    }
}

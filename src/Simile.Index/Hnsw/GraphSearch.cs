using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Index.Hnsw;

/// <summary>The walk through a graph towards a query.</summary>
/// <remarks>
/// As in HNSW's base layer (Malkov and Yashunin 2016, algorithm 2), with one sorted pool for candidates and results. Instead of upper layers the
/// entries are all scored, and the walk begins at the best: for as many as √n / 2 that costs less than walking down.
/// </remarks>
internal static unsafe class GraphSearch
{
    /// <summary>Candidates whose neighbours are gathered before any of them is scored: memory is asked for both at once.</summary>
    public const int Together = 2;

    private const int ScoresAtOnce = 16;
    private const int Lanes = SearchScratch.PoolBlock;

    /// <summary>Fills the pool with up to <paramref name="ef"/> candidates, best first, and returns how many.</summary>
    // Not inlined: the inlining budget of a larger caller would run out, and leave calls in the inner loop (15 % of the queries a second).
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run<TScorer>(Graph graph, TScorer scorer, SearchScratch scratch, int ef)
        where TScorer : struct, IScorer
    {
        scratch.Reserve(graph.Rows.Capacity, ef);
        var walk = new Walk(graph.Links, scratch, ef);
        walk.Enter(graph.Entries, scorer);
        while (walk.Current < walk.Size)
        {
            walk.Expand(scorer);
        }

        walk.Forget();
        return walk.Size;
    }

    private ref struct Walk(Links links, SearchScratch scratch, int ef)
    {
        private readonly ulong* _pool = scratch.Pool;
        private readonly ulong* _visited = scratch.Visited;
        private readonly int* _touched = scratch.Touched;
        private readonly int _mostVisits = scratch.MostTouched;
        private readonly int* _neighbors = scratch.Neighbors.Pointer;
        private readonly int* _batch = scratch.Batch.Pointer;
        private readonly float* _scores = scratch.Scores.Pointer;
        private float _worst = float.NegativeInfinity;
        private int _visits;

        public int Size { get; private set; }

        /// <summary>The best candidate that was not expanded; all before it were.</summary>
        public int Current { get; private set; }

        public void Enter<TScorer>(int[] entries, TScorer scorer)
            where TScorer : struct, IScorer
        {
            var (best, bestScore) = (-1, float.NegativeInfinity);
            for (var i = 0; i < entries.Length; i += 4)
            {
                var last = entries.Length - 1;
                var scores = scorer.Score(entries[i], entries[Math.Min(i + 1, last)], entries[Math.Min(i + 2, last)], entries[Math.Min(i + 3, last)]);
                for (var j = 0; j < 4; j++)
                {
                    if (best < 0 || scores[j] > bestScore)
                    {
                        (best, bestScore) = (entries[Math.Min(i + j, last)], scores[j]);
                    }
                }
            }

            if (best >= 0)
            {
                Visit(best);
                new Span<ulong>(_pool, ef + Lanes).Fill(ulong.MaxValue);
                _pool[0] = Candidate.Of(bestScore, best);
                Size = 1;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expand<TScorer>(TScorer scorer)
            where TScorer : struct, IScorer
        {
            var count = 0;
            for (var expanded = 0; expanded < Together && Current < Size; expanded++)
            {
                _pool[Current] |= Candidate.Expanded;
                count = Gather(Candidate.Slot(_pool[Current]), count, scorer);
                Current = Unexpanded(Current + 1);
            }

            PrefetchNext();
            if (count > 0)
            {
                ScoreBatch(count, scorer);
                Insert(count);
                Current = Unexpanded(Current);
            }
        }

        /// <summary>Clears what was visited.</summary>
        public readonly void Forget()
        {
            if (_visits == scratch.MostTouched)
            {
                new Span<ulong>(_visited, scratch.VisitedWords).Clear();
                return;
            }

            for (var i = 0; i < _visits; i++)
            {
                _visited[_touched[i] >> 6] = 0;
            }
        }

        // Without branches that depend on what was visited: the processor could not foretell them. A row's padding is the slot itself, which was visited.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Gather<TScorer>(int slot, int count, TScorer scorer)
            where TScorer : struct, IScorer
        {
            var visited = _visited;
            var neighbors = _neighbors;
            var batch = _batch;
            var touched = _touched + _visits - count;
            var before = count;
            for (var at = 0; at < links.Stride; at += Links.Block)
            {
                var found = Unvisited(links.Load(slot, at), visited, neighbors);
                for (var i = 0; i < found; i++)
                {
                    var neighbor = neighbors[i];
                    var word = visited[neighbor >> 6];
                    visited[neighbor >> 6] = word | (1UL << neighbor);
                    batch[count] = neighbor;
                    touched[count] = neighbor;
                    count += (int)(~(word >> neighbor) & 1);
                    scorer.Prefetch(neighbor);
                }
            }

            _visits = Math.Min(_visits + count - before, _mostVisits);
            return count;
        }

        // Stores those of a block that were not visited, or all where there are no instructions to choose them by; the caller looks again.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Unvisited(Vector512<int> block, ulong* visited, int* neighbors)
        {
            if (!Avx512F.IsSupported)
            {
                block.Store(neighbors);
                return Links.Block;
            }

            var at = block >> 5;
            var words = Vector512.Create(Avx2.GatherVector256((int*)visited, at.GetLower(), sizeof(int)), Avx2.GatherVector256((int*)visited, at.GetUpper(), sizeof(int)));
            var isNew = Vector512.Equals(Avx512F.ShiftRightLogicalVariable(words, (block & Vector512.Create(31)).AsUInt32()) & Vector512<int>.One, Vector512<int>.Zero);
            Avx512F.Compress(Vector512<int>.Zero, isNew, block).Store(neighbors);
            return BitOperations.PopCount(isNew.ExtractMostSignificantBits());
        }

        // What is probably expanded next is asked for while the scores are computed.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void PrefetchNext()
        {
            var at = Current;
            for (var asked = 0; asked < Together && at < Size; asked++)
            {
                links.Prefetch(Candidate.Slot(_pool[at]));
                at = Unexpanded(at + 1);
            }
        }

        // The first from a place on whose neighbours were not looked at. Behind the last stand ones, as if they were.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly int Unexpanded(int from)
        {
            for (var at = from; at < Size; at += Lanes)
            {
                var open = Vector512.Equals(Vector512.Load(_pool + at) & Vector512.Create(Candidate.Expanded), Vector512<ulong>.Zero).ExtractMostSignificantBits();
                if (open != 0)
                {
                    return at + BitOperations.TrailingZeroCount(open);
                }
            }

            return Size;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void ScoreBatch<TScorer>(int count, TScorer scorer)
            where TScorer : struct, IScorer
        {
            _batch[count] = _batch[count + 1] = _batch[count + 2] = _batch[0];
            for (var i = 0; i < count; i += 4)
            {
                scorer.Score(_batch[i], _batch[i + 1], _batch[i + 2], _batch[i + 3]).Store(_scores + i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Insert(int count)
        {
            for (var first = 0; first < count; first += ScoresAtOnce)
            {
                var better = (uint)Vector512.GreaterThan(Vector512.Load(_scores + first), Vector512.Create(_worst)).ExtractMostSignificantBits();
                better &= count - first >= ScoresAtOnce ? uint.MaxValue : (1u << (count - first)) - 1;
                for (; better != 0; better &= better - 1)
                {
                    var i = first + BitOperations.TrailingZeroCount(better);
                    if (_scores[i] > _worst)
                    {
                        Insert(_scores[i], _batch[i]);
                    }
                }
            }
        }

        // Every place takes the greater of its left neighbour and of the lesser of itself and the new one: no search, no branch on where it belongs.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Insert(float score, int slot)
        {
            var candidate = Candidate.Of(score, slot);
            if (candidate < _pool[Current])
            {
                Current = 0;
                links.Prefetch(slot);
            }

            var added = Vector512.Create(candidate);
            var at = _pool + (Math.Min(Size, ef - 1) & -Lanes);
            do
            {
                Vector512.Max(Vector512.Load(at - 1), Vector512.Min(Vector512.Load(at), added)).Store(at);
                at -= Lanes;
            }
            while (at[Lanes - 1] > candidate);

            Vector512<ulong>.AllBitsSet.Store(_pool + ef);
            if (Size < ef)
            {
                Size++;
            }

            if (Size == ef)
            {
                _worst = Candidate.Score(_pool[ef - 1]);
            }
        }

        private void Visit(int slot)
        {
            _visited[slot >> 6] |= 1UL << slot;
            _touched[_visits++] = slot;
        }
    }
}

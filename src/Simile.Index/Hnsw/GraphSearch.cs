using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Simile.Index.Hnsw;

/// <summary>The greedy walk through a graph toward a query.</summary>
/// <remarks>
/// The search in HNSW's base layer (Malkov and Yashunin 2016, algorithm 2), with one sorted pool for candidates and results. Instead of
/// upper layers, all entries are scored, and the walk starts at the best: for up to √n / 2 entries this is cheaper than descending layers.
/// </remarks>
internal static unsafe class GraphSearch
{
    /// <summary>
    /// The number of candidates whose neighbors are collected before any is scored, so that their memory is prefetched together.
    /// </summary>
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

        /// <summary>The best unexpanded candidate. All before it are expanded.</summary>
        public int Current { get; private set; }

        public void Enter<TScorer>(int[] entries, TScorer scorer)
            where TScorer : struct, IScorer
        {
            var (best, bestScore) = (-1, float.NegativeInfinity);
            for (var i = 0; i < entries.Length; i += 4)
            {
                var last = entries.Length - 1;
                var scores = scorer.Score(
                    entries[i], entries[Math.Min(i + 1, last)], entries[Math.Min(i + 2, last)], entries[Math.Min(i + 3, last)]);
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

        /// <summary>Clears the visited set.</summary>
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

        // Without branches on the visited set, which the processor could not predict. A row is padded with the slot itself, which was
        // visited.
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

        // Stores the unvisited slots of a block; without suitable instructions all of them, and the caller filters.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Unvisited(Vector512<int> block, ulong* visited, int* neighbors)
        {
            if (!Avx512F.IsSupported)
            {
                block.Store(neighbors);
                return Links.Block;
            }

            var at = block >> 5;
            var words = Vector512.Create(
                Avx2.GatherVector256((int*)visited, at.GetLower(), sizeof(int)),
                Avx2.GatherVector256((int*)visited, at.GetUpper(), sizeof(int)));
            var isNew = Vector512.Equals(
                Avx512F.ShiftRightLogicalVariable(words, (block & Vector512.Create(31)).AsUInt32()) & Vector512<int>.One,
                Vector512<int>.Zero);
            Avx512F.Compress(Vector512<int>.Zero, isNew, block).Store(neighbors);
            return BitOperations.PopCount(isNew.ExtractMostSignificantBits());
        }

        // Prefetches the next likely candidate while scores are computed.
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

        // The first unexpanded candidate from a position on. A sentinel after the last one ends the loop.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly int Unexpanded(int from)
        {
            for (var at = from; at < Size; at += Lanes)
            {
                var open = Vector512.Equals(Vector512.Load(_pool + at) & Vector512.Create(Candidate.Expanded), Vector512<ulong>.Zero)
                    .ExtractMostSignificantBits();
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
                var better = (uint)Vector512.GreaterThan(Vector512.Load(_scores + first), Vector512.Create(_worst))
                    .ExtractMostSignificantBits();
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

        // Branch-free SIMD insertion into the sorted pool.
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

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Index.Hnsw;

/// <summary>The walk through a graph towards a query.</summary>
/// <remarks>
/// As in HNSW's base layer (Malkov and Yashunin 2016, algorithm 2), with one sorted pool for candidates and results. Instead of upper layers the
/// entries are all scored, and the walk begins at the best: for as many as √n / 2 that costs less than walking down.
/// </remarks>
internal static unsafe class GraphSearch
{
    private const int ScoresAtOnce = 16;

    /// <summary>Fills the pool with up to <paramref name="ef"/> candidates, best first, and returns how many.</summary>
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
                _pool[0] = Candidate.Of(bestScore, best);
                Size = 1;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expand<TScorer>(TScorer scorer)
            where TScorer : struct, IScorer
        {
            var slot = Candidate.Slot(_pool[Current]);
            _pool[Current] |= Candidate.Expanded;
            var count = Gather(slot, scorer);
            MoveOn(Current + 1);
            if (count > 0)
            {
                ScoreBatch(count, scorer);
                Insert(count);
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

        // Without branches that depend on what was visited: the processor could not foretell them.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Gather<TScorer>(int slot, TScorer scorer)
            where TScorer : struct, IScorer
        {
            var neighbors = _neighbors;
            var found = links.Read(slot, neighbors);
            var count = 0;
            for (var i = 0; i < found; i++)
            {
                var neighbor = neighbors[i];
                ref var word = ref _visited[neighbor >> 6];
                var isNew = (int)(~(word >> neighbor) & 1);
                word |= 1UL << neighbor;
                _batch[count] = neighbor;
                _touched[_visits + count] = neighbor;
                count += isNew;
                scorer.Prefetch(neighbor);
            }

            _visits = Math.Min(_visits + count, _mostVisits);
            return count;
        }

        // What is probably expanded next is asked for while the scores are computed.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void MoveOn(int next)
        {
            while (next < Size && (_pool[next] & Candidate.Expanded) != 0)
            {
                next++;
            }

            Current = next;
            if (next < Size)
            {
                links.Prefetch(Candidate.Slot(_pool[next]));
            }
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Insert(float score, int slot)
        {
            var candidate = Candidate.Of(score, slot);
            var at = Position(candidate);
            var moved = Math.Min(Size, ef - 1) - at;
            Buffer.MemoryCopy(_pool + at, _pool + at + 1, moved * sizeof(ulong), moved * sizeof(ulong));
            _pool[at] = candidate;
            Size = Math.Min(Size + 1, ef);
            if (Size == ef)
            {
                _worst = Candidate.Score(_pool[ef - 1]);
            }

            if (at < Current)
            {
                Current = at;
                links.Prefetch(slot);
            }
        }

        // Binary search that the compiler turns into conditional moves.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly int Position(ulong candidate)
        {
            var (low, length) = (0, Size);
            while (length > 0)
            {
                var half = length >> 1;
                var behind = _pool[low + half] < candidate;
                low = behind ? low + half + 1 : low;
                length = behind ? length - half - 1 : half;
            }

            return low;
        }

        private void Visit(int slot)
        {
            _visited[slot >> 6] |= 1UL << slot;
            _touched[_visits++] = slot;
        }
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using Simile.Index.Ivf;

namespace Simile.Index.Hnsw;

/// <summary>A scan of every allowed slot.</summary>
internal static unsafe class SlotScan
{
    private const int AtOnce = 16;

    /// <summary>
    /// Leaves the best <paramref name="ef"/> slots, best first, in the pool of the scratch, and returns how many there are.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Run<TScorer>(Graph graph, TScorer scorer, IdFilter? filter, SearchScratch scratch, int ef)
        where TScorer : struct, IScorer
    {
        scratch.Reserve(graph.Rows.Capacity, 2 * ef);
        var scan = new Scan<TScorer>(scorer, scratch, ef);
        if (filter is null)
        {
            for (var slot = 0; slot < graph.Used; slot++)
            {
                if (scratch.Snapshot.IsAnswered(graph.Ids, slot))
                {
                    scan.Show(slot);
                }
            }
        }
        else
        {
            Show(graph, filter, scratch, ref scan);
        }

        return scan.Finish();
    }

    private static void Show<TScorer>(Graph graph, IdFilter filter, SearchScratch scratch, ref Scan<TScorer> scan)
        where TScorer : struct, IScorer
    {
        var repeated = false;
        var words = filter.Words;
        for (var w = 0; w < words.Length; w++)
        {
            for (var word = words[w]; word != 0; word &= word - 1)
            {
                var id = (w << 6) + BitOperations.TrailingZeroCount(word);
                var slot = scratch.Snapshot.SlotOf(graph.Slots, id);
                if (slot != SlotTable.NoSlot && !(scratch.Snapshot.MayHaveMore(graph.Ids, slot) && Seen(slot, scratch, ref repeated)))
                {
                    scan.Show(slot);
                }
            }
        }

        if (repeated)
        {
            new Span<ulong>(scratch.Visited, scratch.VisitedWords).Clear();
        }
    }

    // Several allowed ids may share a slot.
    private static bool Seen(int slot, SearchScratch scratch, ref bool repeated)
    {
        repeated = true;
        ref var word = ref scratch.Visited[slot >> 6];
        var before = word;
        word |= 1UL << slot;
        return before == word;
    }

    private ref struct Scan<TScorer>(TScorer scorer, SearchScratch scratch, int ef)
        where TScorer : struct, IScorer
    {
        private readonly ulong* _pool = scratch.Pool;
        private readonly int* _batch = scratch.Batch.Pointer;
        private float _worst = float.NaN; // everything is kept while there is room
        private int _waiting;
        private int _size;

        public void Show(int slot)
        {
            scorer.Prefetch(slot);
            _batch[_waiting++] = slot;
            if (_waiting == AtOnce)
            {
                Score();
            }
        }

        /// <summary>Scores the collected slots and sorts the best.</summary>
        public int Finish()
        {
            Score();
            var candidates = new Span<ulong>(_pool, _size);
            candidates.Sort();
            return Math.Min(_size, ef);
        }

        private void Score()
        {
            for (var i = _waiting; i < (_waiting + 3 & ~3); i++)
            {
                _batch[i] = _batch[0];
            }

            for (var i = 0; i < _waiting; i += 4)
            {
                var scores = scorer.Score(_batch[i], _batch[i + 1], _batch[i + 2], _batch[i + 3]);
                for (var j = 0; j < Math.Min(4, _waiting - i); j++)
                {
                    if (!(scores[j] <= _worst))
                    {
                        Keep(Candidate.Of(scores[j], _batch[i + j]));
                    }
                }
            }

            _waiting = 0;
        }

        // Twice as many as are wanted are gathered, then the worse half goes: cheaper than a heap. Keys of better ones are smaller.
        private void Keep(ulong candidate)
        {
            _pool[_size++] = candidate;
            if (_size == 2 * ef)
            {
                Reservoir.Select(new Span<ulong>(_pool, _size), ef);
                new Span<ulong>(_pool + ef, ef).CopyTo(new Span<ulong>(_pool, ef));
                _size = ef;
                _worst = Candidate.Score(_pool[0]);
            }
        }
    }
}

using System.Runtime.CompilerServices;

namespace Simile.Index.Ivf;

/// <summary>
/// Keeps the ids of the best estimates: when it is full, it drops all but the best and continues with a higher threshold.
/// </summary>
/// <remarks>A 64-bit number holds both: the estimate in an order-preserving form, and the id in the low bits.</remarks>
internal ref struct Reservoir(Span<ulong> room, int wanted)
{
    private readonly Span<ulong> _room = room;
    private int _count;

    /// <summary>An estimate that does not exceed this cannot be among the best.</summary>
    public float Threshold { get; private set; } = float.NegativeInfinity;

    public readonly int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float estimate, int id)
    {
        _room[_count++] = Key(estimate, id);
        if (_count == _room.Length)
        {
            Shrink();
        }
    }

    /// <summary>The best ones, unordered.</summary>
    public Span<ulong> Best()
    {
        if (_count > wanted)
        {
            Shrink();
        }

        return _room[.._count];
    }

    public static ulong Key(float value, int id) => ((ulong)OrderedBits.Of(value) << 32) | (uint)id;

    public static int Id(ulong key) => (int)key;

    public static float Value(ulong key) => OrderedBits.Value((uint)(key >> 32));

    /// <summary>Moves the largest <paramref name="wanted"/> keys to the front (quickselect).</summary>
    public static void Select(Span<ulong> keys, int wanted)
    {
        var (low, high) = (0, keys.Length - 1);
        while (low < high)
        {
            var pivot = Middle(keys[low], keys[(low + high) >>> 1], keys[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (keys[i] > pivot)
                {
                    i++;
                }

                while (keys[j] < pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (keys[i], keys[j]) = (keys[j], keys[i]);
                    i++;
                    j--;
                }
            }

            if (wanted <= j)
            {
                high = j;
            }
            else if (wanted >= i)
            {
                low = i;
            }
            else
            {
                return;
            }
        }
    }

    private static ulong Middle(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private void Shrink()
    {
        Select(_room[.._count], wanted - 1);
        _count = wanted;
        Threshold = Value(_room[wanted - 1]);
    }
}

using Simile.Index.Codes;

namespace Simile.Index.Ivf;

/// <summary>The scratch memory of a search: one per thread, reused between searches.</summary>
internal sealed class SearchScratch
{
    [ThreadStatic]
    private static SearchScratch? _mine;

    private float[] _query = [];
    private float[] _coordinates = [];
    private float[] _padded = [];
    private short[] _levels = [];
    private float[] _products = [];
    private ulong[] _lists = [];
    private float[] _tables = [];
    private byte[] _byteTables = [];
    private ulong[] _candidates = [];

    public static SearchScratch Mine => _mine ??= new SearchScratch();

    public Span<float> Query(int dimensions) => Room(ref _query, dimensions);

    public Span<float> Coordinates(int width) => Room(ref _coordinates, width);

    /// <summary>A buffer of this many numbers, zero-padded for <see cref="QueryProjection"/>.</summary>
    public Span<float> Padded(int length)
    {
        var room = Room(ref _padded, QueryProjection.Padded(length));
        room[length..].Clear();
        return room;
    }

    public Span<short> Levels(int padded) => Room(ref _levels, padded + 64);

    public Span<float> Products(int lists) => Room(ref _products, lists);

    public Span<ulong> Lists(int lists) => Room(ref _lists, lists);

    public Span<float> Tables(int length) => Room(ref _tables, length);

    public Span<byte> ByteTables(int length) => Room(ref _byteTables, length);

    public Span<ulong> Candidates(int count) => Room(ref _candidates, count);

    private static Span<T> Room<T>(ref T[] room, int length)
    {
        if (room.Length < length)
        {
            room = new T[length];
        }

        return room.AsSpan(0, length);
    }
}

using System.Runtime.InteropServices;
using Simile.Index.Quantization;

namespace Simile.Index.Ivf;

/// <summary>
/// One list: the codes of its vectors in blocks of 32 (<see cref="FastScan"/>), with their ids and terms in the same order.
/// The memory is that of an opened file until the list changes.
/// </summary>
internal sealed unsafe class IvfList(int blockBytes)
{
    private byte[]? _codes;
    private int[]? _ids;
    private float[]? _terms;
    private int _capacity;

    public IvfList(int blockBytes, int count, byte* codes, int* ids, float* terms)
        : this(blockBytes)
    {
        Count = count;
        Codes = codes;
        Ids = ids;
        Terms = terms;
    }

    public int Count { get; private set; }

    public byte* Codes { get; private set; }

    public int* Ids { get; private set; }

    public float* Terms { get; private set; }

    public long Bytes =>
        (long)RoundUp(Math.Max(_capacity, Count)) / FastScan.BlockRows * blockBytes
        + (long)RoundUp(Math.Max(_capacity, Count)) * (sizeof(int) + sizeof(float));

    /// <summary>Ensures own memory for <paramref name="count"/> vectors.</summary>
    public void Reserve(int count)
    {
        if (_codes is not null && count <= _capacity)
        {
            return;
        }

        var capacity = RoundUp(Math.Max(count, Count));
        var codes = GC.AllocateArray<byte>(capacity / FastScan.BlockRows * blockBytes, pinned: true);
        var ids = GC.AllocateUninitializedArray<int>(capacity, pinned: true);
        var terms = GC.AllocateArray<float>(capacity, pinned: true);
        new ReadOnlySpan<byte>(Codes, RoundUp(Count) / FastScan.BlockRows * blockBytes).CopyTo(codes);
        new ReadOnlySpan<int>(Ids, Count).CopyTo(ids);
        new ReadOnlySpan<float>(Terms, Count).CopyTo(terms);
        (_codes, _ids, _terms, _capacity) = (codes, ids, terms, capacity);
        Codes = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(codes, 0);
        Ids = (int*)Marshal.UnsafeAddrOfPinnedArrayElement(ids, 0);
        Terms = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(terms, 0);
    }

    /// <summary>Appends a vector.</summary>
    public void Add(int id, ReadOnlySpan<byte> code, float term)
    {
        // Grows by an eighth, so that lists with additions and removals do not grow the index.
        Reserve(Count < _capacity && _codes is not null ? Count + 1 : Count + 1 + (Count / 8));
        FastScan.Put(code, Codes, blockBytes, Count);
        Ids[Count] = id;
        Terms[Count] = term;
        Count++;
    }

    /// <summary>Removes a vector. The last one takes its place.</summary>
    public void Remove(int id)
    {
        Reserve(Count);
        var at = new ReadOnlySpan<int>(Ids, Count).IndexOf(id);
        var last = --Count;
        FastScan.Move(Codes, blockBytes, last, at);
        Ids[at] = Ids[last];
        Terms[at] = Terms[last];
    }

    private static int RoundUp(int count) => (count + FastScan.BlockRows - 1) / FastScan.BlockRows * FastScan.BlockRows;
}

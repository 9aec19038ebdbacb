using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Simile.Index.Format;

namespace Simile.Index.Memory;

/// <summary>Numbers outside the garbage-collected heap: zeroed, aligned to a cache line (large ones to a page), of any length.</summary>
/// <remarks>Large blocks request huge pages on Linux, so that random reads cause fewer TLB misses.</remarks>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private const nuint Page = 4096;

    private readonly bool _owned;
    private T* _pointer;

    public NativeArray(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _owned = true;
        var bytes = HugePages.Rounded(Math.Max(64, checked((nuint)length * (nuint)sizeof(T))));
        _pointer = (T*)NativeMemory.AlignedAlloc(bytes, bytes >= HugePages.Size ? HugePages.Size : bytes >= Page ? Page : (nuint)64);
        HugePages.AskFor(_pointer, bytes);
        NativeMemory.Clear(_pointer, bytes);
        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Wraps memory of another owner, such as a mapped file, which must outlive it.</summary>
    public NativeArray(T* pointer, long length)
    {
        Length = length;
        _pointer = pointer;
        GC.SuppressFinalize(this);
    }

    ~NativeArray() => Free();

    public long Length { get; }

    public long Bytes => Length * sizeof(T);

    public T* Pointer => _pointer;

    public ref T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pointer[index];
    }

    public Span<T> Slice(long start, int length) => new(_pointer + start, length);

    /// <summary>A longer copy of the first <paramref name="used"/> numbers.</summary>
    public NativeArray<T> Grown(long length, long used)
    {
        var grown = new NativeArray<T>(length);
        Buffer.MemoryCopy(_pointer, grown._pointer, grown.Bytes, used * sizeof(T));
        return grown;
    }

    /// <summary>Writes the first <paramref name="count"/> numbers to a section of a file.</summary>
    public void Write(IndexFileWriter writer, long count)
    {
        const int Most = 1 << 26;
        for (var from = 0L; from < count; from += Most)
        {
            writer.Write(new ReadOnlySpan<T>(_pointer + from, (int)Math.Min(Most, count - from)));
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_owned && _pointer is not null)
        {
            NativeMemory.AlignedFree(_pointer);
            GC.RemoveMemoryPressure(Math.Max(64, Bytes));
        }

        _pointer = null;
    }
}

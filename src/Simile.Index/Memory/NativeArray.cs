using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Simile.Index.Format;

namespace Simile.Index.Memory;

/// <summary>Numbers outside the garbage collector's heap: zeroed, aligned to a cache line or from a page on to a page, and of any length.</summary>
/// <remarks>Large blocks ask Linux for huge pages: random reads then miss the address cache less often.</remarks>
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

    /// <summary>Sees memory that belongs to somebody else, a mapped file for example, who keeps it longer.</summary>
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

    /// <summary>A longer array that begins with the first <paramref name="used"/> numbers of this one.</summary>
    public NativeArray<T> Grown(long length, long used)
    {
        var grown = new NativeArray<T>(length);
        Buffer.MemoryCopy(_pointer, grown._pointer, grown.Bytes, used * sizeof(T));
        return grown;
    }

    /// <summary>Writes the first <paramref name="count"/> numbers into a file's section.</summary>
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

using System.Runtime.CompilerServices;

namespace Simile.Index.Format;

/// <summary>A section of a mapped index file, read in place; it lives as long as its <see cref="IndexFile"/>.</summary>
internal readonly unsafe struct IndexSection(IndexFile file, string name, byte* pointer, long length)
{
    /// <summary>Where it begins: a multiple of 4096.</summary>
    public byte* Pointer => pointer;

    /// <summary>Bytes.</summary>
    public long Length => length;

    /// <summary>The values from <paramref name="first"/> on, as a view.</summary>
    /// <exception cref="InvalidDataException">The section is shorter.</exception>
    public ReadOnlySpan<T> Slice<T>(long first, int count)
        where T : unmanaged =>
        first >= 0 && count >= 0 && first <= (length / Unsafe.SizeOf<T>()) - count
            ? new ReadOnlySpan<T>((T*)pointer + first, count)
            : throw file.Damaged($"is damaged in section {name}");

    /// <summary>The section's values from its begin on, when it is exactly as long as expected.</summary>
    /// <exception cref="InvalidDataException">The section is shorter or longer.</exception>
    public T* Values<T>(long count)
        where T : unmanaged =>
        count >= 0 && length == count * Unsafe.SizeOf<T>()
            ? (T*)pointer
            : throw file.Damaged($"is damaged in section {name}");
}

using System.Runtime.CompilerServices;

namespace Simile.Index.Format;

/// <summary>A section of an index file, read in place. Valid while its <see cref="IndexFile"/> is open.</summary>
internal readonly unsafe struct IndexSection(IndexFile file, string name, byte* pointer, long length)
{
    /// <summary>Its offset: a multiple of 4096.</summary>
    public byte* Pointer => pointer;

    /// <summary>Its length in bytes.</summary>
    public long Length => length;

    /// <summary>The values from <paramref name="first"/> on: a view, not a copy.</summary>
    /// <exception cref="InvalidDataException">The section is shorter.</exception>
    public ReadOnlySpan<T> Slice<T>(long first, int count)
        where T : unmanaged =>
        first >= 0 && count >= 0 && first <= (length / Unsafe.SizeOf<T>()) - count
            ? new ReadOnlySpan<T>((T*)pointer + first, count)
            : throw file.Damaged($"is damaged in section {name}");

    /// <summary>The values of the section, whose length must be exactly as expected.</summary>
    /// <exception cref="InvalidDataException">The section is shorter or longer.</exception>
    public T* Values<T>(long count)
        where T : unmanaged =>
        count >= 0 && length == count * Unsafe.SizeOf<T>()
            ? (T*)pointer
            : throw file.Damaged($"is damaged in section {name}");
}

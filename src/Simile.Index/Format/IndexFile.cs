using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;
using Simile.Numerics;
using static Simile.Index.Format.IndexFileLayout;

namespace Simile.Index.Format;

/// <summary>An index file (docs/formats/index.md), memory-mapped: its sections are read in place.</summary>
/// <remarks>
/// Immutable and safe for concurrent use; sections must not be used after it is disposed. A file that is saved over stays readable to those
/// who have it open (Windows refuses the save).
/// </remarks>
internal sealed unsafe partial class IndexFile : IDisposable
{
    private readonly string _path;
    private readonly long _length;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly List<(string Name, long Offset, long Length, SectionRole Role, long FirstBlock)> _sections = [];
    private uint* _checksums;

    private IndexFile(string path, FileStream file)
    {
        _path = path;
        _length = file.Length;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    /// <summary>Which index the file holds.</summary>
    public IndexKind Kind => (IndexKind)Number(KindAt);

    /// <summary>How its vectors are compared.</summary>
    public Metric Metric => (Metric)Number(MetricAt);

    /// <summary>Components of each vector, at least 1.</summary>
    public int Dimensions => (int)Number(DimensionsAt);

    /// <summary>The number that the saver gave the file.</summary>
    public ulong Sequence => BinaryPrimitives.ReadUInt64LittleEndian(Header[SequenceAt..]);

    /// <summary>Bytes of the whole file.</summary>
    public long Length => _length;

    private ReadOnlySpan<byte> Header => new(_start, PageBytes);

    /// <summary>Maps a file and compares its checksums, or those of its structure only.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, cut off, of another format or of a later version.</exception>
    public static IndexFile Open(string path, IndexCheck check = IndexCheck.All)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no index file {path}.", path);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        RefuseForeign(path, stream);
        var file = new IndexFile(path, stream);
        try
        {
            file.ReadHeader();
            file.ReadDirectory();
            file.Compare(check);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file has such a section.</summary>
    public bool Has(string name) => _sections.Any(section => section.Name == name);

    /// <summary>A section by its name.</summary>
    /// <exception cref="InvalidDataException">The file has no such section.</exception>
    public IndexSection Section(string name)
    {
        foreach (var section in _sections)
        {
            if (section.Name == name)
            {
                return new IndexSection(this, name, _start + section.Offset, section.Length);
            }
        }

        throw new InvalidDataException($"The index file {_path} has no section {name}: it was made by another version of Simile; build the index again.");
    }

    /// <summary>Compares all checksums.</summary>
    /// <exception cref="InvalidDataException">Some bytes are not those that were written; the sentence says in which section.</exception>
    public void Verify() => Compare(IndexCheck.All);

    /// <summary>What to throw when a section's content makes no sense.</summary>
    public InvalidDataException Damaged(string how) => Damaged(_path, how);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    private static InvalidDataException Damaged(string path, string how) =>
        new($"The index file {path} {how}: build the index again, or restore the file from a copy.");

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Header[at..]);

    private static string Name(ReadOnlySpan<byte> entry) => Encoding.ASCII.GetString(entry[..NameBytes].TrimEnd((byte)0));
}

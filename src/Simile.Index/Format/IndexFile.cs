using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Files;
using static Simile.Index.Format.IndexFileLayout;

namespace Simile.Index.Format;

/// <summary>
/// An index file (docs/formats/index.md). Its sections are read in place: a small file is copied into memory, a larger one is
/// memory-mapped.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Sections must not be used after disposal. A file that is replaced stays readable for those
/// who have it open (Windows refuses to replace a mapped file). Truncating a mapped file ends the process of its readers: see
/// <see cref="ThrowIfChanged"/>.
/// </remarks>
internal sealed unsafe partial class IndexFile : IDisposable
{
    private readonly string _path;
    private readonly long _length;
    private readonly NativeArray<byte>? _copy;
    private readonly SafeFileHandle? _handle;
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _start;
    private readonly List<(string Name, long Offset, long Length, SectionRole Role, long FirstBlock)> _sections = [];
    private uint* _checksums;
    private DateTime _modified;

    // Takes ownership of the handle.
    private IndexFile(string path, SafeFileHandle file)
    {
        (_path, _length) = (path, RandomAccess.GetLength(file));
        if (_length <= CopiedBytes)
        {
            _copy = Copy(path, file, _length);
            _start = _copy.Pointer;
            file.Dispose();
            return;
        }

        (_handle, _modified) = (file, File.GetLastWriteTimeUtc(file));
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    /// <summary>
    /// Files up to this size are copied, which takes little longer than verifying their checksums. Later changes of the file then do not
    /// matter.
    /// </summary>
    internal static long CopiedBytes { get; set; } = 64 << 20;

    /// <summary>The type of index.</summary>
    public IndexKind Kind => (IndexKind)Number(KindAt);

    /// <summary>The metric.</summary>
    public Metric Metric => (Metric)Number(MetricAt);

    /// <summary>Dimensions of each vector, at least 1.</summary>
    public int Dimensions => (int)Number(DimensionsAt);

    /// <summary>The sequence number given by the writer.</summary>
    public ulong Sequence => BinaryPrimitives.ReadUInt64LittleEndian(Header[SequenceAt..]);

    /// <summary>Size of the file in bytes.</summary>
    public long Length => _length;

    private ReadOnlySpan<byte> Header => new(_start, PageBytes);

    /// <summary>Opens a file and verifies its checksums, or only those of its structure.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or cut off, or has another format or a later version.</exception>
    public static IndexFile Open(string path, IndexCheck check = IndexCheck.All)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no index file {path}.", path);
        }

        if (RegularFile.IsOther(path))
        {
            throw new InvalidDataException($"{path} is a pipe or a device, not an index file: copy it to a file first.");
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        IndexFile file;
        try
        {
            RefuseForeign(path, handle);
            file = new IndexFile(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

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

    /// <summary>Whether a section exists.</summary>
    public bool Has(string name) => _sections.Exists(section => section.Name == name);

    /// <summary>A section by its name.</summary>
    /// <exception cref="InvalidDataException">The section does not exist.</exception>
    public IndexSection Section(string name)
    {
        foreach (var section in _sections)
        {
            if (section.Name == name)
            {
                return new IndexSection(this, name, _start + section.Offset, section.Length);
            }
        }

        throw new InvalidDataException(
            $"The index file {_path} has no section {name}: it was made by another version of Simile: build the index again.");
    }

    /// <summary>Verifies all checksums.</summary>
    /// <exception cref="InvalidDataException">Bytes have changed. The message names the section.</exception>
    public void Verify() => Compare(IndexCheck.All);

    /// <summary>
    /// Refuses a mapped file that was truncated or overwritten since it was opened. Call it before each use: reading beyond the end of a
    /// mapped file ends the process. Nothing can be done if it happens during a use.
    /// </summary>
    /// <exception cref="IOException">The file was truncated or overwritten.</exception>
    public void ThrowIfChanged()
    {
        if (_handle is null || (File.GetLastWriteTimeUtc(_handle) == _modified && RandomAccess.GetLength(_handle) == _length))
        {
            return;
        }

        lock (_sections)
        {
            var modified = File.GetLastWriteTimeUtc(_handle);
            if (RandomAccess.GetLength(_handle) != _length)
            {
                throw Changed("cut off or written to");
            }

            try
            {
                Compare(IndexCheck.All); // only its time may be another
            }
            catch (InvalidDataException)
            {
                throw Changed("overwritten");
            }

            _modified = modified;
        }
    }

    /// <summary>The exception for invalid content of a section.</summary>
    public InvalidDataException Damaged(string how) => Damaged(_path, how);

    /// <inheritdoc/>
    public void Dispose()
    {
        _copy?.Dispose();
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _map?.Dispose();
        _handle?.Dispose();
    }

    private static InvalidDataException Damaged(string path, string how) =>
        new($"The index file {path} {how}: build the index again, or restore the file from a copy.");

    private IOException Changed(string how) =>
        new(
            $"The index file {_path} was {how} while it was in use: open it again. Save to replace a file, "
            + "or copy to another name and rename; its users then keep the old one.");

    private static NativeArray<byte> Copy(string path, SafeFileHandle file, long length)
    {
        var copy = new NativeArray<byte>(length);
        for (var at = 0L; at < length;)
        {
            var read = RandomAccess.Read(file, copy.Slice(at, (int)(length - at)), at);
            if (read == 0)
            {
                copy.Dispose();
                throw Damaged(path, "is cut off");
            }

            at += read;
        }

        return copy;
    }

    private uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Header[at..]);

    private static string Name(ReadOnlySpan<byte> entry) => Encoding.ASCII.GetString(entry[..NameBytes].TrimEnd((byte)0));
}

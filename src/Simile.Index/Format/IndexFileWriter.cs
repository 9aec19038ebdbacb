using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Simile.Numerics;
using Simile.Numerics.Files;
using static Simile.Index.Format.IndexFileLayout;

namespace Simile.Index.Format;

/// <summary>Writes an index file (docs/formats/index.md), section by section.</summary>
/// <remarks>
/// For one thread. <see cref="Commit"/> flushes the file to the disk and renames it (<see cref="WholeFile"/>). Without it, disposal keeps
/// the old file. Several writers of one path are safe: the last to commit wins.
/// </remarks>
internal sealed class IndexFileWriter : IDisposable
{
    private readonly string _path;
    private readonly CancellationToken _cancelled;
    private readonly WholeFile _whole;
    private readonly SafeFileHandle _file;
    private readonly byte[] _header = new byte[PageBytes];
    private readonly byte[] _block = new byte[BlockBytes];
    private readonly List<uint> _checksums = [];

    private int _sections;
    private long _sectionFrom = -1;
    private long _written = PageBytes;
    private int _filled;

    /// <summary>Creates the temporary file for <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public IndexFileWriter(
        string path, IndexKind kind, Metric metric, int dimensions, ulong sequence, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _cancelled) = (path, cancellationToken);
        Magic.CopyTo(_header);
        Put(VersionAt, FormatVersion);
        Put(KindAt, (uint)kind);
        Put(MetricAt, (uint)metric);
        Put(DimensionsAt, (uint)dimensions);
        Put(SequenceAt, sequence);
        _whole = new WholeFile(path, bufferSize: 0);
        _file = _whole.Stream.SafeFileHandle;
    }

    /// <summary>Starts the next section and ends the previous one.</summary>
    /// <param name="name">ASCII, at most 24 bytes, unique.</param>
    /// <param name="role">The effect of damage to it.</param>
    public void Begin(string name, SectionRole role)
    {
        EndSection();
        if (_sections == MaxSections || name.Length > NameBytes)
        {
            throw new ArgumentException(
                $"An index file has at most {MaxSections} sections with names of at most {NameBytes} bytes: {name} exceeds this.");
        }

        var entry = Entry(_sections++);
        Encoding.ASCII.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[EntryRoleAt..], (uint)role);
        _sectionFrom = _written;
        BinaryPrimitives.WriteUInt64LittleEndian(entry[EntryOffsetAt..], (ulong)_written);
    }

    /// <summary>Appends to the section.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Most = 1 << 26; // so many values of any size have fewer than 2³¹ bytes
        for (; values.Length > Most; values = values[Most..])
        {
            Write(MemoryMarshal.AsBytes(values[..Most]));
        }

        Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes a whole section of at most 2³¹ bytes.</summary>
    public void Section<T>(string name, SectionRole role, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Begin(name, role);
        Write(values);
    }

    /// <summary>Completes the file, flushes it to the disk, and renames it.</summary>
    public void Commit()
    {
        EndSection();
        var table = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_checksums));
        Write(table, _written);
        Put(TableOffsetAt, (ulong)_written);
        Put(TableChecksumAt, Crc32C.Of(table));
        Put(LengthAt, (ulong)(_written + table.Length));
        Put(SectionsAt, (uint)_sections);
        Put(ChecksumAt, Crc32C.Of(_header.AsSpan(LengthAt)));
        Write(_header, 0);
        _whole.Commit();
    }

    /// <inheritdoc/>
    public void Dispose() => _whole.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, BlockBytes - _filled);
            bytes[..taken].CopyTo(_block.AsSpan(_filled));
            bytes = bytes[taken..];
            _filled += taken;
            if (_filled == BlockBytes)
            {
                EndBlock();
            }
        }
    }

    private void Write(ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            RandomAccess.Write(_file, bytes, at);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // The runtime's message for EFBIG.
            throw new IOException($"{_path} cannot be written: it exceeds the file size limit of the disk or the user.", e);
        }
    }

    private void EndBlock()
    {
        _cancelled.ThrowIfCancellationRequested();
        var block = _block.AsSpan(0, _filled);
        _checksums.Add(Crc32C.Of(block));
        Write(block, _written);
        _written += _filled;
        _filled = 0;
    }

    private void EndSection()
    {
        if (_sectionFrom < 0)
        {
            return;
        }

        if (_filled > 0)
        {
            EndBlock();
        }

        BinaryPrimitives.WriteUInt64LittleEndian(Entry(_sections - 1)[EntryLengthAt..], (ulong)(_written - _sectionFrom));
        _written = NextPage(_written);
    }

    private Span<byte> Entry(int section) => _header.AsSpan(DirectoryAt + (section * EntryBytes), EntryBytes);

    private void Put(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(at), value);

    private void Put(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(_header.AsSpan(at), value);
}

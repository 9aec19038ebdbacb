using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Simile.Models.Checkpoints;

namespace Simile.Models.BuiltIn;

/// <summary>A packed model file (docs/formats/packed-model.md), memory-mapped: named sections of bytes, read in place.</summary>
/// <remarks>Immutable and thread-safe. Memory of the sections must not be used after disposal.</remarks>
internal sealed partial class PackedFile : IDisposable
{
    internal const int HeaderBytes = 32;
    internal const int EntryBytes = 48;

    private const int NameBytes = 24;
    private const int Alignment = 64;
    private const int MaxSections = 64;
    private const uint Version = 1;

    private readonly MappedFile _file;
    private readonly Dictionary<string, Memory<byte>> _sections = [];

    private PackedFile(string path)
    {
        Path = path;
        _file = new MappedFile(path);
    }

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'S', (byte)'I', (byte)'M', (byte)'D', 0x0D, 0x0A, 0x1A];

    /// <summary>Maps a file and verifies all checksums.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or cut off, or has another format or version.</exception>
    public static PackedFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"The packed model {path} is missing: install Simile again, or build it from its repository.", path);
        }

        var file = new PackedFile(path);
        try
        {
            file.ReadDirectory();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

    /// <summary>Its sections, in no order.</summary>
    public IReadOnlyCollection<string> Sections => _sections.Keys;

    /// <summary>The bytes of a section.</summary>
    /// <exception cref="InvalidDataException">The file has no such section.</exception>
    public Memory<byte> Section(string name) => _sections.TryGetValue(name, out var section)
        ? section
        : throw new InvalidDataException(
            $"The packed model {Path} has no section {name}: it was made by another version of Simile: install Simile again.");

    /// <summary>The exception for invalid content of a section.</summary>
    public InvalidDataException DamagedSection(string name) => Damaged($"is damaged in section {name}");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    internal static uint Checksum(params ReadOnlySpan<byte[]> parts)
    {
        var crc = uint.MaxValue;
        foreach (var part in parts)
        {
            crc = Checksum(part, crc);
        }

        return ~crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Checksum(ReadOnlySpan<byte> bytes, uint crc)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    private InvalidDataException Damaged(string how) =>
        new($"The packed model {Path} {how}: install Simile again, or make the file anew.");

    private void ReadDirectory()
    {
        if (_file.Length < HeaderBytes)
        {
            throw Damaged("is cut off");
        }

        ReadOnlySpan<byte> header = _file.Slice(0, HeaderBytes).Span;
        if (!header.StartsWith(Magic))
        {
            throw new InvalidDataException($"{Path} is not a packed model of Simile.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) is var version && version != Version)
        {
            throw new InvalidDataException(
                $"The packed model {Path} has version {version}, this Simile reads version {Version}: "
                + "install the Simile that it came with.");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(header[16..]) is var length && length != (ulong)_file.Length)
        {
            throw Damaged($"has {_file.Length} bytes but should have {length}");
        }

        foreach (var entry in Directory(header).Chunk(EntryBytes))
        {
            AddSection(entry);
        }
    }

    private byte[] Directory(ReadOnlySpan<byte> header)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        if (count is 0 or > MaxSections || HeaderBytes + (count * EntryBytes) > _file.Length)
        {
            throw Damaged("is damaged in its header");
        }

        var directory = _file.Slice(HeaderBytes, (int)count * EntryBytes).ToArray();
        return Checksum(header[..24].ToArray(), directory) == BinaryPrimitives.ReadUInt32LittleEndian(header[24..])
            ? directory
            : throw Damaged("is damaged in its header");
    }

    private void AddSection(ReadOnlySpan<byte> entry)
    {
        var name = Encoding.ASCII.GetString(entry[..NameBytes].TrimEnd((byte)0));
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(entry[24..]);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]);
        if (offset > (ulong)_file.Length || length > (ulong)_file.Length - offset || length > int.MaxValue || offset % Alignment != 0)
        {
            throw Damaged($"has section {name} outside of the file");
        }

        var section = _file.Slice((long)offset, (int)length);
        if (~Checksum(section.Span, uint.MaxValue) != BinaryPrimitives.ReadUInt32LittleEndian(entry[40..]))
        {
            throw DamagedSection(name);
        }

        _sections[name] = section;
    }
}

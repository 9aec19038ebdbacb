using System.Buffers.Binary;
using System.Text;

namespace Simile.Models.Checkpoints;

/// <summary>
/// The uncompressed files in a zip archive, read in place (PKWARE's APPNOTE.TXT 6.3, including the 64-bit sizes that
/// torch.save writes).
/// </summary>
/// <remarks>The archive is hostile until parsed: any fault gives an <see cref="InvalidDataException"/>.</remarks>
internal sealed class StoredZip
{
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int LocatorBytes = 20;
    private const int EntryBytes = 46;
    private const int HeaderBytes = 30;

    private readonly MappedFile _file;
    private readonly Dictionary<string, Entry> _entries = [];

    private StoredZip(MappedFile file) => _file = file;

    /// <summary>The names of the files, in no order.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Reads the list of files.</summary>
    /// <exception cref="InvalidDataException">The list is damaged.</exception>
    public static StoredZip Open(MappedFile file)
    {
        var zip = new StoredZip(file);
        var (offset, length, count) = zip.FindDirectory();
        zip.ReadDirectory(zip.Slice(offset, length).Span, count);
        return zip;
    }

    /// <summary>The bytes of a file in place; null if it does not exist.</summary>
    /// <exception cref="InvalidDataException">The file is compressed, or is not where the list says.</exception>
    public Memory<byte>? Find(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        // torch.save never compresses. A compressed file could expand to any size.
        if (!entry.IsStored)
        {
            throw new InvalidDataException($"{name} is compressed, which torch.save does not do");
        }

        var header = Slice(entry.Offset, HeaderBytes).Span;
        return header.StartsWith("PK\x3\x4"u8)
            ? Slice(entry.Offset + HeaderBytes + Word(header, 26) + Word(header, 28), entry.Length)
            : throw Bad($"{name} is not where its list says");
    }

    private (long Offset, long Length, long Count) FindDirectory()
    {
        var tailBytes = Math.Min(_file.Length, EndBytes + ushort.MaxValue);
        var tail = Slice(_file.Length - tailBytes, tailBytes).Span;
        var at = tail.LastIndexOf("PK\x5\x6"u8);
        if (at < 0 || tail.Length - at < EndBytes)
        {
            throw Bad("it is cut off");
        }

        var end = tail[at..];
        if (at < LocatorBytes || !tail[(at - LocatorBytes)..].StartsWith("PK\x6\x7"u8))
        {
            return (Number(end, 16), Number(end, 12), Word(end, 10));
        }

        var end64 = Slice(Number64(tail[(at - LocatorBytes)..], 8), End64Bytes).Span;
        return end64.StartsWith("PK\x6\x6"u8)
            ? (Number64(end64, 48), Number64(end64, 40), Number64(end64, 32))
            : throw Bad("its end is missing");
    }

    private void ReadDirectory(ReadOnlySpan<byte> list, long count)
    {
        for (var i = 0L; i < count; i++)
        {
            if (list.Length < EntryBytes || !list.StartsWith("PK\x1\x2"u8))
            {
                throw Bad("its list of files is cut off");
            }

            var (name, extra, comment) = (Word(list, 28), Word(list, 30), Word(list, 32));
            if (list.Length - EntryBytes < name + extra + comment)
            {
                throw Bad("its list of files is cut off");
            }

            var text = Encoding.UTF8.GetString(list.Slice(EntryBytes, name));
            if (!_entries.TryAdd(text, Entry.Read(list, list.Slice(EntryBytes + name, extra))))
            {
                throw Bad($"it holds {text} twice");
            }

            list = list[(EntryBytes + name + extra + comment)..];
        }
    }

    private Memory<byte> Slice(long offset, long length) =>
        offset < 0 || length < 0 || offset > _file.Length - length ? throw Bad("a part of it is not inside the file")
        : length > int.MaxValue ? throw new InvalidDataException(
            $"the archive holds a file of {length} bytes; at most {int.MaxValue} are supported")
        : _file.Slice(offset, (int)length);

    private static int Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Number64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static InvalidDataException Bad(string what) => new($"the archive is damaged: {what}");

    private readonly record struct Entry(long Offset, long Length, bool IsStored)
    {
        public static Entry Read(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
        {
            var large = Large(extra);
            var length = Take(Number(entry, 24), ref large);
            var packed = Take(Number(entry, 20), ref large);
            var offset = Take(Number(entry, 42), ref large);
            var isEncrypted = (Word(entry, 8) & 1) != 0;
            return new Entry(offset, length, Word(entry, 10) == 0 && packed == length && !isEncrypted);
        }

        // A number that does not fit in 32 bits is in the 64-bit extra field.
        private static long Take(uint number, ref ReadOnlySpan<byte> large)
        {
            if (number != uint.MaxValue)
            {
                return number;
            }

            if (large.Length < sizeof(long))
            {
                throw Bad("a size is missing");
            }

            var taken = Number64(large, 0);
            large = large[sizeof(long)..];
            return taken;
        }

        private static ReadOnlySpan<byte> Large(ReadOnlySpan<byte> extra)
        {
            while (extra.Length >= 4)
            {
                var length = Math.Min(Word(extra, 2), extra.Length - 4);
                if (Word(extra, 0) == 1)
                {
                    return extra.Slice(4, length);
                }

                extra = extra[(4 + length)..];
            }

            return default;
        }
    }
}

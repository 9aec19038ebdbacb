using System.Buffers.Binary;
using System.Text;

namespace Simile.Models.BuiltIn;

internal sealed partial class PackedFile
{
    /// <summary>Writes sections in the given order to a new file. The same sections always give the same bytes.</summary>
    /// <remarks>The file is written atomically.</remarks>
    public static void Write(string path, IReadOnlyList<(string Name, byte[] Bytes)> sections)
    {
        var directory = new byte[sections.Count * EntryBytes];
        var offset = Align(HeaderBytes + directory.Length);
        for (var i = 0; i < sections.Count; i++)
        {
            WriteEntry(directory.AsSpan(i * EntryBytes, EntryBytes), sections[i].Name, offset, sections[i].Bytes);
            offset = i + 1 < sections.Count ? Align(offset + sections[i].Bytes.Length) : offset + sections[i].Bytes.Length;
        }

        WholeFile.Write(path, stream =>
        {
            stream.Write(Header(sections.Count, offset, directory));
            stream.Write(directory);
            WriteSections(stream, sections);
        });
    }

    private static void WriteSections(FileStream stream, IReadOnlyList<(string Name, byte[] Bytes)> sections)
    {
        foreach (var (_, bytes) in sections)
        {
            stream.Write(new byte[Align(stream.Position) - stream.Position]);
            stream.Write(bytes);
        }
    }

    private static long Align(long offset) => (offset + Alignment - 1) / Alignment * Alignment;

    private static byte[] Header(int sections, long length, byte[] directory)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), sections);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), Checksum(header[..24], directory));
        return header;
    }

    private static void WriteEntry(Span<byte> entry, string name, long offset, byte[] bytes)
    {
        Encoding.ASCII.GetBytes(name, entry[..NameBytes]);
        BinaryPrimitives.WriteInt64LittleEndian(entry[24..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[40..], Checksum(bytes));
    }
}

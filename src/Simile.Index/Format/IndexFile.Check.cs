using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Simile.Numerics.Files;
using static Simile.Index.Format.IndexFileLayout;

namespace Simile.Index.Format;

/// <content>Checks before anything in the file is used.</content>
internal sealed unsafe partial class IndexFile
{
    private static void RefuseForeign(string path, SafeFileHandle file)
    {
        var begin = (stackalloc byte[ChecksumAt]);
        if (RandomAccess.Read(file, begin, 0) < begin.Length || !begin.StartsWith(Magic))
        {
            throw new InvalidDataException($"{path} is not an index file of Simile.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(begin[VersionAt..]) is var version && version != FormatVersion)
        {
            throw new InvalidDataException(
                $"The index file {path} has version {version}, this Simile reads version {FormatVersion}: "
                + "use the Simile that wrote it, or build the index again.");
        }

        if (RandomAccess.GetLength(file) < PageBytes)
        {
            throw Damaged(path, "is cut off");
        }
    }

    private void ReadHeader()
    {
        if (Number(ChecksumAt) != Crc32C.Of(Header[LengthAt..]))
        {
            throw Damaged("is damaged in its header");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(Header[LengthAt..]) is var length && length != (ulong)_length)
        {
            throw Damaged($"has {_length} bytes but should have {length}");
        }

        if (!Enum.IsDefined(Metric) || Dimensions < 1 || Number(SectionsAt) is 0 or > MaxSections)
        {
            throw Damaged("is damaged in its header");
        }
    }

    private void ReadDirectory()
    {
        var (end, blocks) = ((long)PageBytes, 0L);
        for (var i = 0; i < Number(SectionsAt); i++)
        {
            var entry = Header.Slice(DirectoryAt + (i * EntryBytes), EntryBytes);
            var offset = BinaryPrimitives.ReadInt64LittleEndian(entry[EntryOffsetAt..]);
            var length = BinaryPrimitives.ReadInt64LittleEndian(entry[EntryLengthAt..]);
            if (offset != NextPage(end) || length < 0 || length > _length - offset)
            {
                throw Damaged($"has section {Name(entry)} outside its bounds");
            }

            var role = (SectionRole)BinaryPrimitives.ReadUInt32LittleEndian(entry[EntryRoleAt..]);
            _sections.Add((Name(entry), offset, length, role, blocks));
            end = offset + length;
            blocks += Blocks(length);
        }

        ReadChecksums(NextPage(end), blocks);
    }

    private void ReadChecksums(long offset, long blocks)
    {
        if (BinaryPrimitives.ReadInt64LittleEndian(Header[TableOffsetAt..]) != offset || offset + (blocks * sizeof(uint)) != _length)
        {
            throw Damaged("is damaged in its header");
        }

        _checksums = (uint*)(_start + offset);
        if (Crc32C.Of(new ReadOnlySpan<byte>(_checksums, checked((int)(blocks * sizeof(uint))))) != Number(TableChecksumAt))
        {
            throw Damaged("is damaged in its checksums");
        }
    }

    private void Compare(IndexCheck check)
    {
        foreach (var section in _sections)
        {
            if (check == IndexCheck.All || section.Role != SectionRole.Values || section.Length <= BlockBytes)
            {
                Compare(section.Name, section.Offset, section.Length, section.FirstBlock);
            }
        }
    }

    private void Compare(string name, long offset, long length, long firstBlock)
    {
        var same = Parallel.For(0, (Blocks(length) + Crc32C.AtOnce - 1) / Crc32C.AtOnce, (group, loop) =>
        {
            if (!AreSame(offset, length, firstBlock, group * Crc32C.AtOnce))
            {
                loop.Stop();
            }
        });
        if (!same.IsCompleted)
        {
            throw Damaged($"is damaged in section {name}");
        }
    }

    private bool AreSame(long offset, long length, long firstBlock, long block)
    {
        var bytes = new ReadOnlySpan<byte>(
            _start + offset + (block * BlockBytes), (int)Math.Min(Crc32C.AtOnce * BlockBytes, length - (block * BlockBytes)));
        var expected = new ReadOnlySpan<uint>(_checksums + firstBlock + block, (int)Blocks(bytes.Length));
        Span<uint> sums = stackalloc uint[Crc32C.AtOnce];
        if (bytes.Length == Crc32C.AtOnce * BlockBytes)
        {
            Crc32C.OfEach(bytes, sums);
            return sums.SequenceEqual(expected);
        }

        for (var i = 0; i < expected.Length; i++)
        {
            sums[i] = Crc32C.Of(bytes[(i * BlockBytes)..Math.Min(bytes.Length, (i + 1) * BlockBytes)]);
        }

        return sums[..expected.Length].SequenceEqual(expected);
    }
}

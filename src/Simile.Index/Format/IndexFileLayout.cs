namespace Simile.Index.Format;

/// <summary>Constants of docs/formats/index.md that writer and reader share.</summary>
internal static class IndexFileLayout
{
    public const uint FormatVersion = 1;
    public const int PageBytes = 4096;
    public const int BlockBytes = 1 << 20;

    public const int VersionAt = 8;
    public const int ChecksumAt = 12;
    public const int LengthAt = 16;
    public const int SequenceAt = 24;
    public const int KindAt = 32;
    public const int MetricAt = 36;
    public const int DimensionsAt = 40;
    public const int SectionsAt = 44;
    public const int TableOffsetAt = 48;
    public const int TableChecksumAt = 56;
    public const int DirectoryAt = 64;

    public const int EntryBytes = 64;
    public const int MaxSections = (PageBytes - DirectoryAt) / EntryBytes;
    public const int NameBytes = 24;
    public const int EntryOffsetAt = 24;
    public const int EntryLengthAt = 32;
    public const int EntryRoleAt = 40;

    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'S', (byte)'I', (byte)'M', (byte)'I', 0x0D, 0x0A, 0x1A];

    public static long Blocks(long bytes) => (bytes + BlockBytes - 1) / BlockBytes;

    public static long NextPage(long offset) => (offset + PageBytes - 1) / PageBytes * PageBytes;
}

using System.Buffers.Binary;

namespace Simile.Imaging.Tests;

/// <summary>Writes TIFF files of a few pixels, in either order of bytes, from blocks that are compressed already.</summary>
internal sealed record SmallTiff(int Width, int Height, int Bits, int Samples, byte[][] Blocks)
{
    public bool IsBig { get; init; }

    public int Photometric { get; init; } = 1;

    public int Format { get; init; } = 1;

    public int Compression { get; init; } = 1;

    public int Predictor { get; init; } = 1;

    public bool IsPlanar { get; init; }

    /// <summary>Width and height of tiles; null for one strip.</summary>
    public (int Width, int Height)? Tile { get; init; }

    public byte[] ToArray()
    {
        var tags = new SortedDictionary<int, int[]>
        {
            [256] = [Width],
            [257] = [Height],
            [258] = [.. Enumerable.Repeat(Bits, Samples)],
            [259] = [Compression],
            [262] = [Photometric],
            [277] = [Samples],
            [284] = [IsPlanar ? 2 : 1],
            [317] = [Predictor],
            [339] = [.. Enumerable.Repeat(Format, Samples)],
            [Tile is null ? 273 : 324] = Offsets(),
            [Tile is null ? 279 : 325] = [.. Blocks.Select(block => block.Length)],
        };
        foreach (var (tag, value) in Tile is { } tile ? new[] { (322, tile.Width), (323, tile.Height) } : [(278, Height)])
        {
            tags[tag] = [value];
        }

        return Write(tags);
    }

    private int[] Offsets() => [.. Blocks.Select((_, i) => 8 + Blocks.Take(i).Sum(block => block.Length))];

    // The blocks, then what does not fit into the directory, then the directory.
    private byte[] Write(SortedDictionary<int, int[]> tags)
    {
        var file = new List<byte>([.. IsBig ? "MM\0*"u8 : "II*\0"u8, 0, 0, 0, 0, .. Blocks.SelectMany(block => block)]);
        var places = new Dictionary<int, int>();
        foreach (var (tag, values) in tags.Where(tag => tag.Value.Length > 1))
        {
            places[tag] = file.Count;
            file.AddRange(values.SelectMany(Bytes));
        }

        var directory = file.Count;
        file.AddRange(Short(tags.Count));
        foreach (var (tag, values) in tags)
        {
            file.AddRange(
            [
                .. Short(tag), .. Short(4), .. Bytes(values.Length), .. Bytes(places.TryGetValue(tag, out var place) ? place : values[0]),
            ]);
        }

        byte[] bytes = [.. file, .. Bytes(0)];
        Bytes(directory).CopyTo(bytes, 4);
        return bytes;
    }

    private byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, IsBig ? BinaryPrimitives.ReverseEndianness(value) : value);
        return bytes;
    }

    private byte[] Short(int value) => IsBig ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];
}

using System.IO.Compression;

namespace Simile.Imaging.Tests;

/// <summary>
/// TIFF beyond its baseline. 279 files that tifffile and tiffcp wrote were compared with Pillow 9.4 once; these are of their kinds.
/// </summary>
public sealed class TiffTests
{
    private static readonly float[] Floats = [-5, 0.9f, 100.7f, 300, float.NaN, 255];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Floats_are_cut_off_to_bytes_as_Pillow_does(bool isBig)
    {
        byte[] expected = [0, 0, 100, 255, 0, 255];
        var singles = Floats.SelectMany(value => Ordered(BitConverter.GetBytes(value), isBig)).ToArray();
        Assert.Equal(expected, Grays(new SmallTiff(6, 1, 32, 1, [singles]) { Format = 3, IsBig = isBig }));
        var doubles = Floats.SelectMany(value => Ordered(BitConverter.GetBytes((double)value), isBig)).ToArray();
        Assert.Equal(expected, Grays(new SmallTiff(6, 1, 64, 1, [doubles]) { Format = 3, IsBig = isBig }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Integers_of_more_bits_are_clipped_and_unsigned_shorts_keep_their_high_byte(bool isBig)
    {
        int[] values = [-7, 3, 254, 256, 70_000];
        Assert.Equal([0, 3, 254, 255, 255], Grays(
            new SmallTiff(5, 1, 32, 1, [[.. values.SelectMany(value => Ordered(BitConverter.GetBytes(value), isBig))]])
            {
                Format = 2,
                IsBig = isBig,
            }));
        short[] shorts = [-7, 3, 254, 256];
        Assert.Equal([0, 3, 254, 255], Grays(
            new SmallTiff(4, 1, 16, 1, [[.. shorts.SelectMany(value => Ordered(BitConverter.GetBytes(value), isBig))]])
            {
                Format = 2,
                IsBig = isBig,
            }));
        ushort[] unsigned = [0xFF, 0x100, 0xABCD];
        Assert.Equal([0, 1, 0xAB], Grays(
            new SmallTiff(3, 1, 16, 1, [[.. unsigned.SelectMany(value => Ordered(BitConverter.GetBytes(value), isBig))]])
            {
                IsBig = isBig,
            }));
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(8, true)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    public void Tiles_and_planes_give_what_a_strip_gives(int bits, bool isPlanar)
    {
        const int Width = 37;
        const int Height = 21;
        var values = new byte[Width * Height * 3];
        new Random(1).NextBytes(values);
        var strip = new SmallTiff(Width, Height, bits, 3, [Samples(values, bits)]) { Photometric = 2 };
        var blocks = new List<byte[]>();
        foreach (var channels in isPlanar ? new[] { new[] { 0 }, [1], [2] } : [[0, 1, 2]])
        {
            foreach (var (x, y) in new[] { (0, 0), (16, 0), (32, 0), (0, 16), (16, 16), (32, 16) })
            {
                blocks.Add(Deflated(Differences(
                    Samples(Tile(values, Width, Height, x, y, channels), bits),
                    16 * channels.Length * bits / 8,
                    channels.Length * bits / 8,
                    bits)));
            }
        }

        var tiles = new SmallTiff(Width, Height, bits, 3, [.. blocks])
        {
            Photometric = 2,
            Tile = (16, 16),
            Compression = 8,
            Predictor = 2,
            IsPlanar = isPlanar,
        };
        Assert.Equal(values, Colors(strip));
        Assert.Equal(values, Colors(tiles));
    }

    [Fact]
    public void Floats_whose_bytes_were_parted_are_joined()
    {
        var parted = new byte[Floats.Length * 4];
        for (var i = 0; i < Floats.Length; i++)
        {
            for (var b = 0; b < 4; b++)
            {
                parted[(b * Floats.Length) + i] = BitConverter.GetBytes(Floats[i])[3 - b];
            }
        }

        Assert.Equal([0, 0, 100, 255, 0, 255], Grays(new SmallTiff(6, 1, 32, 1, [Deflated(Differences(parted, parted.Length, 1, 8))])
        {
            Format = 3,
            Compression = 8,
            Predictor = 3,
        }));
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(24, 1)]
    [InlineData(32, 4)]
    public void Other_samples_are_refused_in_a_sentence(int bits, int format) => Assert.Contains(
        "of a kind that is not read",
        Assert.Throws<InvalidDataException>(() => Grays(new SmallTiff(1, 1, bits, 1, [new byte[8]]) { Format = format })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Few_bytes_that_claim_a_huge_tile_are_refused() => Assert.Contains(
        "end before the picture",
        Assert.Throws<InvalidDataException>(
            () => Grays(new SmallTiff(12_000, 12_000, 8, 1, [new byte[8]]) { Compression = 8, Tile = (16_000, 16_000) })).Message,
        StringComparison.Ordinal);

    private static byte[] Grays(SmallTiff tiff)
    {
        var picture = Picture.Load(tiff.ToArray());
        return [.. Enumerable.Range(0, tiff.Width).Select(x => picture.Row(0)[x * picture.Channels])];
    }

    private static byte[] Colors(SmallTiff tiff)
    {
        var picture = Picture.Load(tiff.ToArray());
        return [.. Enumerable.Range(0, tiff.Width * tiff.Height).SelectMany(i => picture.Pixels.Slice(i * picture.Channels, 3).ToArray())];
    }

    private static byte[] Ordered(byte[] little, bool isBig) => isBig ? [.. little.Reverse()] : little;

    // The value as the high byte, noise as the low one.
    private static byte[] Samples(byte[] values, int bits) =>
        bits == 8 ? values : [.. values.SelectMany(value => new[] { (byte)(value * 7), value })];

    private static byte[] Tile(byte[] values, int width, int height, int left, int top, int[] channels) =>
    [
        .. from y in Enumerable.Range(top, 16)
           from x in Enumerable.Range(left, 16)
           from channel in channels
           select x < width && y < height ? values[(((y * width) + x) * 3) + channel] : (byte)99,
    ];

    private static byte[] Differences(byte[] samples, int stride, int pixel, int bits)
    {
        var stored = samples.ToArray();
        for (var row = 0; row < samples.Length; row += stride)
        {
            for (var i = row + pixel; i < row + stride; i += bits / 8)
            {
                var difference = bits == 8
                    ? samples[i] - samples[i - pixel]
                    : BitConverter.ToUInt16(samples, i) - BitConverter.ToUInt16(samples, i - pixel);
                stored[i] = (byte)difference;
                if (bits == 16)
                {
                    stored[i + 1] = (byte)(difference >> 8);
                }
            }
        }

        return stored;
    }

    private static byte[] Deflated(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var deflate = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return stream.ToArray();
    }
}

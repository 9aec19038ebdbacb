using System.Buffers.Binary;

namespace Simile.Imaging.Decoders;

/// <summary>
/// TIFF 6.0: colors of 8 and 16 bits, grays of 1 to 32 bits and of floats, palettes of 1 to 8 bits; in strips or tiles, in planes or not;
/// plain, LZW, deflate or PackBits.
/// </summary>
internal ref partial struct TiffDecoder
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly string _name;
    private readonly bool _isLittle;
    private readonly long _directory;

    private TiffDecoder(ReadOnlySpan<byte> file, string name)
    {
        _file = file;
        _name = name;
        _isLittle = file[0] == 'I';
        _directory = file.Length < 8 ? file.Length : U32(4);
    }

    /// <summary>The first picture as RGBA.</summary>
    /// <exception cref="InvalidDataException">The file is cut off, damaged, too large, or of a kind that is not read.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string name) => new TiffDecoder(file, name).Decode();

    private Picture Decode()
    {
        var (width, height) = (One(256, 0), One(257, 0));
        Picture.CheckSize(width, height, _name);
        var areTiles = All(322).Count > 0;
        var layout = Layout((int)width, (int)height, areTiles);
        if (!layout.IsRead || !AreAllAs(258, layout.Bits) || !AreAllAs(339, layout.Format) || All(areTiles ? 324 : 273).Count == 0)
        {
            throw new InvalidDataException(
                $"{_name} is a TIFF file of a kind that is not read (colors of 8 and 16 bits, greys of 1 to 32 bits and of floats, "
                + "and palettes are, not compressed or by LZW, deflate or PackBits): save it as PNG.");
        }

        var pixels = ReadBlocks(layout, areTiles);
        if (layout.Bits < 8)
        {
            pixels = Widen(
                pixels,
                layout.Width,
                layout.Height,
                ((layout.Width * layout.Bits) + 7) / 8,
                layout.Bits,
                isReversed: One(266, 1) == 2,
                isPalette: layout.Photometric == 3);
        }

        return Color(
            Picture.New(layout.Width, layout.Height, 4), pixels, layout.Samples, layout.Photometric, 1 << Math.Min(layout.Bits, 8));
    }

    private readonly TiffLayout Layout(int width, int height, bool areTiles) => new()
    {
        Width = width,
        Height = height,
        Samples = Small(277, 1),
        Bits = Small(258, 1), // bilevel where nothing is said
        Format = Small(339, 1),
        Photometric = Small(262, 2),
        Compression = Small(259, 1),
        Predictor = Small(317, 1),
        IsPlanar = Small(284, 1) == 2,
        BlockWidth = areTiles ? One(322, 0) : width,
        BlockHeight = areTiles ? One(323, 0) : Math.Clamp(One(278, height), 1, height),
    };

    private readonly int Small(int tag, int missing) => (int)Math.Min(One(tag, missing), int.MaxValue);

    private readonly bool AreAllAs(int tag, int first) => All(tag).TrueForAll(value => value == first);

    /// <summary>Makes a byte of each pixel of fewer bits: an index, or a gray from 0 to 255.</summary>
    private static byte[] Widen(ReadOnlySpan<byte> packed, int width, int height, int stride, int bits, bool isReversed, bool isPalette)
    {
        var (pixels, inByte, most) = (new byte[width * height], 8 / bits, (1 << bits) - 1);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = packed[(y * stride) + (x / inByte)];
                value = isReversed ? Reverse(value) : value;
                var index = (value >> (8 - bits - (x % inByte * bits))) & most;
                pixels[(y * width) + x] = (byte)(isPalette ? index : index * 255 / most);
            }
        }

        return pixels;
    }

    // Fill order 2: the first pixel lies in the lowest bits.
    private static byte Reverse(byte value)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            reversed |= ((value >> bit) & 1) << (7 - bit);
        }

        return (byte)reversed;
    }

    private readonly Picture Color(Picture picture, ReadOnlySpan<byte> pixels, int samples, int photometric, int indices)
    {
        var palette = photometric == 3 ? All(320) : [];
        if (photometric == 3 && palette.Count != 3 * indices)
        {
            throw Damaged($"its palette has not {indices} colors");
        }

        var colors = photometric == 2 ? 3 : 1;
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            var source = pixels.Slice(i * samples, samples);
            var target = picture.Pixels.Slice(i * 4, 4);
            for (var c = 0; c < 3; c++)
            {
                var value = source[colors == 3 ? c : 0];
                target[c] = photometric == 3 ? (byte)(palette[(c * indices) + value] >> 8) : photometric == 0 ? (byte)(255 - value) : value;
            }

            target[3] = samples > colors ? source[colors] : (byte)255;
        }

        return picture;
    }

    private readonly long One(int tag, long missing) => All(tag) is { Count: > 0 } values ? values[0] : missing;

    // The numbers of a tag of the first directory: bytes, shorts or longs.
    private readonly List<long> All(int tag)
    {
        var values = new List<long>();
        var count = _directory + 2 <= _file.Length ? U16(_directory) : 0;
        for (var i = 0; i < count; i++)
        {
            var entry = _directory + 2 + (12L * i);
            if (entry + 12 > _file.Length || U16(entry) != tag)
            {
                continue;
            }

            var size = U16(entry + 2) switch { 1 => 1, 3 => 2, 4 => 4, _ => 0 };
            var length = U32(entry + 4);
            var at = size * length <= 4 ? entry + 8 : U32(entry + 8);
            for (var j = 0L; size > 0 && j < length && at + ((j + 1) * size) <= _file.Length; j++)
            {
                values.Add(size == 1 ? _file[(int)(at + j)] : size == 2 ? U16(at + (j * 2)) : U32(at + (j * 4)));
            }
        }

        return values;
    }

    private readonly int U16(long at) =>
        _isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(_file[(int)at..]) : BinaryPrimitives.ReadUInt16BigEndian(_file[(int)at..]);

    private readonly long U32(long at) =>
        _isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(_file[(int)at..]) : BinaryPrimitives.ReadUInt32BigEndian(_file[(int)at..]);

    private readonly InvalidDataException Damaged(string what) => new($"{_name} is a damaged TIFF file: {what}.");
}

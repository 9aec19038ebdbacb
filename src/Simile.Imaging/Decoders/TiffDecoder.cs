using System.Buffers.Binary;
using System.IO.Compression;

namespace Simile.Imaging.Decoders;

/// <summary>
/// Baseline TIFF 6.0: colors of 8 bits, greys and palettes of 1, 2, 4 or 8 bits, in strips, plain, LZW, deflate or PackBits.
/// </summary>
internal ref struct TiffDecoder
{
    private const int Plain = 1;
    private const int Lzw = 5;
    private const int Deflate = 8;
    private const int OldDeflate = 32946;
    private const int PackBits = 32773;

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
        var (samples, compression, photometric) = ((int)One(277, 1), (int)One(259, 1), (int)One(262, 2));
        var bits = (int)One(258, 1); // bilevel where nothing is said
        var isRead = samples is >= 1 and <= 4 && photometric is >= 0 and <= 3 && (photometric == 2 ? samples >= 3 : samples <= 2)
            && (bits == 8 || (bits is 1 or 2 or 4 && samples == 1)) && All(258).TrueForAll(other => other == bits) && One(284, 1) == 1 && All(273).Count > 0
            && (bits == 8 || One(317, 1) == 1) && compression is Plain or Lzw or Deflate or OldDeflate or PackBits;
        if (!isRead)
        {
            throw new InvalidDataException($"{_name} is a TIFF file of a kind that is not read (only colors of 8 bits, greys and palettes of up to 8 bits, in strips are): save it as PNG.");
        }

        var stride = ((width * samples * bits) + 7) / 8;
        var pixels = new byte[stride * height];
        var rows = (int)Math.Clamp(One(278, height), 1, height);
        var (offsets, lengths) = (All(273), All(279));
        for (int strip = 0, y = 0; y < height; strip++, y += rows)
        {
            var length = Length(strip, offsets, lengths);
            if (length < 0 || length > _file.Length - offsets[strip])
            {
                throw Damaged("it is cut off");
            }

            var target = pixels.AsSpan((int)(y * stride), (int)(Math.Min(rows, height - y) * stride));
            if (!Unpack(_file.Slice((int)offsets[strip], (int)length), compression, target))
            {
                throw Damaged("the data of a strip end before the picture does");
            }
        }

        if (One(317, 1) == 2)
        {
            AddDifferences(pixels, (int)width * samples, samples);
        }

        if (bits < 8)
        {
            pixels = Widen(pixels, (int)width, (int)height, (int)stride, bits, isReversed: One(266, 1) == 2, isPalette: photometric == 3);
        }

        return Colour(Picture.New((int)width, (int)height, 4), pixels, samples, photometric, 1 << bits);
    }

    // Some writers leave the lengths out: then a strip goes to the next one, and the last to the end of the file.
    private readonly long Length(int strip, List<long> offsets, List<long> lengths) =>
        strip >= offsets.Count || offsets[strip] > _file.Length ? -1
        : strip < lengths.Count ? lengths[strip]
        : lengths.Count > 0 ? -1
        : (strip + 1 < offsets.Count ? offsets[strip + 1] : _file.Length) - offsets[strip];

    /// <summary>Makes a byte of each pixel of fewer bits: an index, or a grey from 0 to 255.</summary>
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

    private readonly Picture Colour(Picture picture, ReadOnlySpan<byte> pixels, int samples, int photometric, int indices)
    {
        var palette = photometric == 3 ? All(320) : [];
        if (photometric == 3 && palette.Count != 3 * indices)
        {
            throw Damaged($"its palette has not {indices} colors");
        }

        var colours = photometric == 2 ? 3 : 1;
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            var source = pixels.Slice(i * samples, samples);
            var target = picture.Pixels.Slice(i * 4, 4);
            for (var c = 0; c < 3; c++)
            {
                var value = source[colours == 3 ? c : 0];
                target[c] = photometric == 3 ? (byte)(palette[(c * indices) + value] >> 8) : photometric == 0 ? (byte)(255 - value) : value;
            }

            target[3] = samples > colours ? source[colours] : (byte)255;
        }

        return picture;
    }

    private static bool Unpack(ReadOnlySpan<byte> data, int compression, Span<byte> target) => compression switch
    {
        Plain => data.Length >= target.Length && data[..target.Length].TryCopyTo(target),
        Lzw => TiffCodes.ReadLzw(data, target),
        PackBits => TiffCodes.ReadPackBits(data, target),
        _ => Inflate(data, target),
    };

    private static bool Inflate(ReadOnlySpan<byte> data, Span<byte> target)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // Predictor 2: each sample is stored as its difference from the one of the pixel before.
    private static void AddDifferences(Span<byte> pixels, int stride, int samples)
    {
        for (var row = 0; row < pixels.Length; row += stride)
        {
            for (var i = samples; i < stride; i++)
            {
                pixels[row + i] += pixels[row + i - samples];
            }
        }
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

    private readonly int U16(long at) => _isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(_file[(int)at..]) : BinaryPrimitives.ReadUInt16BigEndian(_file[(int)at..]);

    private readonly long U32(long at) => _isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(_file[(int)at..]) : BinaryPrimitives.ReadUInt32BigEndian(_file[(int)at..]);

    private readonly InvalidDataException Damaged(string what) => new($"{_name} is a damaged TIFF file: {what}.");
}

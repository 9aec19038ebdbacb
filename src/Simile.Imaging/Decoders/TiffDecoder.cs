using System.Buffers.Binary;
using System.IO.Compression;

namespace Simile.Imaging.Decoders;

/// <summary>Baseline TIFF 6.0: greys, colours and palettes of 8 bits in strips, plain, LZW, deflate or PackBits.</summary>
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
        var isRead = samples is >= 1 and <= 4 && photometric is >= 0 and <= 3 && (photometric == 2 ? samples >= 3 : samples <= 2)
            && All(258).TrueForAll(bits => bits == 8) && All(258).Count > 0 && One(284, 1) == 1 && All(273).Count > 0
            && compression is Plain or Lzw or Deflate or OldDeflate or PackBits;
        if (!isRead)
        {
            throw new InvalidDataException($"{_name} is a TIFF file of a kind that is not read (only greys, colours and palettes of 8 bits in strips are): save it as PNG.");
        }

        var pixels = new byte[width * height * samples];
        var rows = (int)Math.Clamp(One(278, height), 1, height);
        var (offsets, lengths) = (All(273), All(279));
        for (int strip = 0, y = 0; y < height; strip++, y += rows)
        {
            if (strip >= offsets.Count || strip >= lengths.Count || offsets[strip] > _file.Length || lengths[strip] > _file.Length - offsets[strip])
            {
                throw Damaged("it is cut off");
            }

            var target = pixels.AsSpan((int)(y * width * samples), (int)(Math.Min(rows, height - y) * width * samples));
            if (!Unpack(_file.Slice((int)offsets[strip], (int)lengths[strip]), compression, target))
            {
                throw Damaged("the data of a strip end before the picture does");
            }
        }

        if (One(317, 1) == 2)
        {
            AddDifferences(pixels, (int)width * samples, samples);
        }

        return Colour(Picture.New((int)width, (int)height, 4), pixels, samples, photometric);
    }

    private readonly Picture Colour(Picture picture, ReadOnlySpan<byte> pixels, int samples, int photometric)
    {
        var palette = photometric == 3 ? All(320) : [];
        if (photometric == 3 && palette.Count != 3 * 256)
        {
            throw Damaged("its palette has not 256 colours");
        }

        var colours = photometric == 2 ? 3 : 1;
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            var source = pixels.Slice(i * samples, samples);
            var target = picture.Pixels.Slice(i * 4, 4);
            for (var c = 0; c < 3; c++)
            {
                var value = source[colours == 3 ? c : 0];
                target[c] = photometric == 3 ? (byte)(palette[(c * 256) + value] >> 8) : photometric == 0 ? (byte)(255 - value) : value;
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

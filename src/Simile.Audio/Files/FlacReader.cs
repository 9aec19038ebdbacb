using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>FLAC (RFC 9639), in its own files and in Ogg.</summary>
internal sealed class FlacReader : ChannelReader
{
    private const int StreamInfoBytes = 34;
    private const int LeftSide = 8;
    private const int RightSide = 9;
    private const int MidSide = 10;

    private static readonly int[] BlockSizes = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
    private static readonly int[] Depths = [0, 8, 12, 0, 16, 20, 24, 32];

    private readonly FlacBits _bits;
    private readonly int _depth;
    private long _left;
    private long[] _samples = [];
    private float[] _frames = [];

    private FlacReader(Stream stream, int rate, int depth, long count)
        : base(rate) => (_bits, _depth, _left) = (new FlacBits(stream), depth, count);

    /// <summary>Reads the header of a file.</summary>
    /// <param name="stream">The stream, at "fLaC".</param>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static FlacReader Open(Stream stream)
    {
        Span<byte> header = stackalloc byte[4];
        Span<byte> block = stackalloc byte[512];
        Fill(stream, header);
        FlacReader? reader = null;
        for (var isLast = false; !isLast;)
        {
            Fill(stream, header);
            isLast = (header[0] & 0x80) != 0;
            var size = BinaryPrimitives.ReadInt32BigEndian(header) & 0xFFFFFF;
            if (reader is null)
            {
                reader = (header[0] & 0x7F) == 0 && size >= StreamInfoBytes ? Begin(stream) : throw Damaged();
                size -= StreamInfoBytes;
            }

            for (; size > 0; size -= block.Length) // pictures and tags
            {
                Fill(stream, block[..Math.Min(size, block.Length)]);
            }
        }

        return reader!;
    }

    /// <summary>Reads the header of FLAC in Ogg. Nine bytes come before the usual header.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static FlacReader OpenOgg(PeekStream stream, uint serial)
    {
        var packets = new OggPacketStream(new OggPackets(stream, serial));
        Fill(packets, stackalloc byte[9]);
        return Open(packets);
    }

    /// <summary>The exception for damaged data.</summary>
    public static InvalidDataException Damaged() => new("its FLAC data are damaged");

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<float> Frames, int Channels)? Decode()
    {
        try
        {
            return _left > 0 && _bits.BeginFrame() ? ReadFrame() : null;
        }
        catch (EndOfStreamException)
        {
            return null; // cut off: as far as it goes
        }
    }

    private static FlacReader Begin(Stream stream)
    {
        Span<byte> info = stackalloc byte[StreamInfoBytes];
        Fill(stream, info);
        var packed = BinaryPrimitives.ReadUInt64BigEndian(info[10..]); // rate 20, channels 3, depth 5, samples 36
        var (rate, depth, count) = ((int)(packed >> 44), (int)(packed >> 36 & 31) + 1, (long)(packed & 0xFFFFFFFFF));
        SoundFile.Check(new SampleCoding(SampleKind.Signed, 4, 1, BigEndian: false), rate);
        return new FlacReader(stream, rate, depth, count == 0 ? long.MaxValue : count);
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("its FLAC header is cut off");
        }
    }

    private (ReadOnlyMemory<float> Frames, int Channels) ReadFrame()
    {
        var (size, assignment, depth) = ReadHeader();
        var channels = assignment < LeftSide ? assignment + 1 : 2;
        _samples = _samples.Length < size * channels ? new long[size * channels] : _samples;
        for (var channel = 0; channel < channels; channel++)
        {
            var isSide = (assignment, channel) is (LeftSide or MidSide, 1) or (RightSide, 0);
            FlacSubframe.Read(_bits, isSide ? depth + 1 : depth, _samples.AsSpan(channel * size, size));
        }

        _bits.Align();
        var checksum = _bits.Checksum;
        if (_bits.Read(16) != checksum)
        {
            throw Damaged();
        }

        Join(assignment, _samples.AsSpan(0, size), _samples.AsSpan((channels - 1) * size, size));
        var taken = (int)Math.Min(size, _left);
        _left -= taken;
        return (Interleave(size, taken, channels, depth), channels);
    }

    private (int Size, int Assignment, int Depth) ReadHeader()
    {
        if (_bits.Read(15) != 0x7FFC)
        {
            throw Damaged();
        }

        _bits.Read(1); // whether blocks differ in size: each says its own
        var (sizeCode, rateCode, assignment, depthCode) =
            ((int)_bits.Read(4), (int)_bits.Read(4), (int)_bits.Read(4), (int)_bits.Read(4) >> 1);
        SkipNumber();
        var size = sizeCode switch { 6 => (int)_bits.Read(8) + 1, 7 => (int)_bits.Read(16) + 1, _ => BlockSizes[sizeCode] };
        _bits.Read(rateCode switch { 12 => 8, 13 or 14 => 16, _ => 0 });
        _bits.Read(8); // the header's own checksum: that of the frame covers it
        var depth = depthCode == 0 ? _depth : Depths[depthCode];
        return size == 0 || assignment > MidSide || depth == 0 ? throw Damaged() : (size, assignment, depth);
    }

    // The frame number, in UTF-8 style: the leading ones of the first byte give the number of bytes.
    private void SkipNumber()
    {
        for (var more = (byte)~_bits.Read(8) is var first && first == 0
            ? 0
            : System.Numerics.BitOperations.LeadingZeroCount((uint)first << 24) - 1;
            more > 0;
            more--)
        {
            _bits.Read(8);
        }
    }

    private static void Join(int assignment, Span<long> first, Span<long> second)
    {
        for (var i = 0; i < first.Length && assignment >= LeftSide; i++)
        {
            var (a, b) = (first[i], second[i]);
            (first[i], second[i]) = assignment switch
            {
                LeftSide => (a, a - b),
                RightSide => (a + b, b),
                _ => (((a << 1 | (b & 1)) + b) >> 1, ((a << 1 | (b & 1)) - b) >> 1),
            };
        }
    }

    private ReadOnlyMemory<float> Interleave(int size, int taken, int channels, int depth)
    {
        _frames = _frames.Length < taken * channels ? new float[taken * channels] : _frames;
        var scale = 1.0 / (1L << (depth - 1));
        for (var channel = 0; channel < channels; channel++)
        {
            for (var i = 0; i < taken; i++)
            {
                _frames[(i * channels) + channel] = (float)(_samples[(channel * size) + i] * scale);
            }
        }

        return _frames.AsMemory(0, taken * channels);
    }
}

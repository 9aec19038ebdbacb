using System.Buffers.Binary;

namespace Simile.Models.Sound.Files;

/// <summary>Reads a sound file forwards only, so that a pipe will do.</summary>
internal sealed class SoundStream(Stream stream)
{
    private const int BlockFrames = 4096;

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool BigEndian { get; set; }

    /// <summary>Fills a buffer; false where the file ends before.</summary>
    public bool TryRead(Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;

    /// <summary>Four characters and a length: what every chunk begins with. Null at the end of the file.</summary>
    public (string Id, uint Size)? ReadChunk()
    {
        Span<byte> header = stackalloc byte[8];
        return TryRead(header) ? (System.Text.Encoding.Latin1.GetString(header[..4]), ReadUInt32(header[4..])) : null;
    }

    /// <summary>Leaves bytes out; false where the file ends before.</summary>
    public bool TrySkip(long count)
    {
        Span<byte> ignored = stackalloc byte[512];
        for (; count > 0; count -= ignored.Length)
        {
            if (!TryRead(ignored[..(int)Math.Min(count, ignored.Length)]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The next bytes of a chunk, and the rest of it (with the pad byte of an odd one) left out; null where the file ends before.</summary>
    public byte[]? ReadChunkStart(uint size, int wanted)
    {
        var start = new byte[Math.Min(size, wanted)];
        return TryRead(start) && TrySkip((long)size - start.Length + (size & 1)) ? start : null;
    }

    /// <summary>Whole frames up to <paramref name="byteCount"/> bytes or the end of the file, each as the mean of its channels.</summary>
    /// <exception cref="InvalidDataException">A sample is no finite number, or there are more than an array holds.</exception>
    public float[] ReadFrames(SampleCoding coding, long byteCount)
    {
        var samples = new List<float>();
        var block = new byte[coding.FrameBytes * BlockFrames];
        for (var left = byteCount; left >= coding.FrameBytes;)
        {
            var wanted = (int)Math.Min(left, block.Length);
            var got = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            AddFrames(block.AsSpan(0, got - (got % coding.FrameBytes)), coding, samples);
            left = got < wanted ? 0 : left - got;
        }

        return [.. samples];
    }

    public ushort ReadUInt16(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint ReadUInt32(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void AddFrames(ReadOnlySpan<byte> frames, SampleCoding coding, List<float> samples)
    {
        if (samples.Count > Array.MaxLength / 2)
        {
            throw new InvalidDataException($"it holds more than {Array.MaxLength / 2:N0} samples: cut it into shorter files");
        }

        for (var i = 0; i < frames.Length; i += coding.FrameBytes)
        {
            var sample = coding.Mean(frames.Slice(i, coding.FrameBytes));
            if (!float.IsFinite(sample))
            {
                throw new InvalidDataException($"sample {samples.Count} is not a number");
            }

            samples.Add(sample);
        }
    }
}

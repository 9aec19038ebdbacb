using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>Reads a sound file forwards only, so that a pipe will do.</summary>
internal sealed class SoundStream(Stream stream)
{
    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool BigEndian { get; set; }

    /// <summary>Fills a buffer; false where the file ends before.</summary>
    public bool TryRead(Span<byte> buffer) => Read(buffer) == buffer.Length;

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

    /// <summary>Fills a buffer as far as the file goes, and returns how many bytes it has.</summary>
    public int Read(Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    /// <summary>Bytes up to the end of the file; null where only reading them would tell.</summary>
    public long? Rest => stream.CanSeek ? stream.Length - stream.Position : null;

    /// <summary>The next bytes, blocks of IMA ADPCM, as 16-bit frames.</summary>
    public SoundStream Decoded(int channels, int blockBytes, long byteCount) => new(new ImaAdpcm(stream, channels, blockBytes, byteCount));

    public ushort ReadUInt16(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint ReadUInt32(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}

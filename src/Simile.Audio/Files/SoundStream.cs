using System.Buffers.Binary;
using System.Text;

namespace Simile.Audio.Files;

/// <summary>Reads a sound file forward, so pipes work. Seekable files can also go back to samples that precede their description.</summary>
internal sealed class SoundStream(Stream stream)
{
    // Known chunk names of WAV and AIFF files. They tell whether a chunk's pad byte is missing.
    private static readonly string[] KnownChunks =
        [
            "fmt ", "data", "fact", "LIST", "id3 ", "ID3 ", "bext", "cue ", "smpl", "inst", "PEAK", "JUNK", "junk", "iXML", "axml", "ds64",
            "COMM", "SSND", "FVER", "MARK", "INST", "NAME", "AUTH", "ANNO", "(c) ", "APPL", "COMT", "CHAN", "MIDI",
        ];

    // Below this size, reading is as fast as seeking.
    private const int SeekFrom = 1 << 16;

    private readonly PeekStream _stream = stream as PeekStream ?? new PeekStream(stream);

    /// <summary>Whether numbers are big-endian.</summary>
    public bool BigEndian { get; set; }

    /// <summary>Number of bytes read so far.</summary>
    public long Place => _stream.Place;

    /// <summary>Whether <see cref="GoTo"/> is supported.</summary>
    public bool CanGoBack => _stream.CanGoBack;

    /// <summary>Bytes up to the end of the file; null if unknown.</summary>
    public long? Rest => _stream.Rest;

    /// <summary>The rest of the file as a stream.</summary>
    public PeekStream Following => _stream;

    /// <summary>Seeks to a position.</summary>
    public void GoTo(long place) => _stream.GoTo(place);

    /// <summary>Fills a buffer. False if the file ends first.</summary>
    public bool TryRead(Span<byte> buffer) => Read(buffer) == buffer.Length;

    /// <summary>Fills a buffer up to the end of the file and returns the number of bytes.</summary>
    public int Read(Span<byte> buffer) => _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    /// <summary>The next bytes without consuming them. Fewer than requested only at the end.</summary>
    public ReadOnlySpan<byte> Peek(int count) => _stream.Peek(count);

    /// <summary>Reads the header of a chunk: four characters and a length. Null at the end of the file.</summary>
    public (string Id, uint Size)? ReadChunk()
    {
        Span<byte> header = stackalloc byte[8];
        return TryRead(header) ? (Encoding.Latin1.GetString(header[..4]), ReadUInt32(header[4..])) : null;
    }

    /// <summary>Skips bytes. False if the file ends first.</summary>
    public bool TrySkip(long count)
    {
        if (count > SeekFrom && CanGoBack)
        {
            var rest = Rest!.Value;
            GoTo(Place + Math.Min(count, rest));
            return count <= rest;
        }

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

    /// <summary>Skips the rest of a chunk and its pad byte, if present.</summary>
    /// <param name="rest">Bytes not read yet.</param>
    /// <param name="size">Size of the whole chunk in bytes.</param>
    public bool SkipChunk(long rest, long size) => TrySkip(rest) && (size % 2 == 0 || !IsPadded() || TrySkip(1));

    /// <summary>Reads the first bytes of a chunk and skips the rest. Null if the file ends first.</summary>
    public byte[]? ReadChunkStart(long size, int wanted)
    {
        var start = new byte[Math.Min(size, wanted)];
        return TryRead(start) && SkipChunk(size - start.Length, size) ? start : null;
    }

    public ushort ReadUInt16(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Whether the next bytes are a known chunk name.</summary>
    public bool IsAtKnownChunk() => IsKnown(Peek(4));

    // Some programs omit the pad byte of an odd-sized chunk. Then the next chunk's name is in its place.
    private bool IsPadded()
    {
        var next = Peek(5);
        return !IsKnown(next) && (next.Length < 5 || IsKnown(next[1..]) || !IsPrintable(next[..4]) || IsPrintable(next[1..]));
    }

    private static bool IsKnown(ReadOnlySpan<byte> name) =>
        name.Length >= 4 && Array.IndexOf(KnownChunks, Encoding.Latin1.GetString(name[..4])) >= 0;

    private static bool IsPrintable(ReadOnlySpan<byte> name) => name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
}

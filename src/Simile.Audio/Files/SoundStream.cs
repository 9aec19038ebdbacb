using System.Buffers.Binary;
using System.Text;

namespace Simile.Audio.Files;

/// <summary>Reads a sound file forwards, so that a pipe will do; a file can also go back to samples that came before their description.</summary>
internal sealed class SoundStream(Stream stream)
{
    // Chunks that WAV and AIFF files have, by which a chunk without its pad byte is told from one with it.
    private static readonly string[] KnownChunks =
        ["fmt ", "data", "fact", "LIST", "id3 ", "ID3 ", "bext", "cue ", "smpl", "inst", "PEAK", "JUNK", "junk", "iXML", "axml", "ds64", "COMM", "SSND", "FVER", "MARK", "INST", "NAME", "AUTH", "ANNO", "(c) ", "APPL", "COMT", "CHAN", "MIDI"];

    // Of fewer bytes reading them is as fast.
    private const int SeekFrom = 1 << 16;

    private readonly PeekStream _stream = stream as PeekStream ?? new PeekStream(stream);

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool BigEndian { get; set; }

    /// <summary>How many bytes were read.</summary>
    public long Place => _stream.Place;

    /// <summary>Whether <see cref="GoTo"/> works.</summary>
    public bool CanGoBack => _stream.CanGoBack;

    /// <summary>Bytes up to the end of the file; null where only reading them would tell.</summary>
    public long? Rest => _stream.Rest;

    /// <summary>All that follows as a stream.</summary>
    public PeekStream Following => _stream;

    /// <summary>Goes to a place that was read before, or further on.</summary>
    public void GoTo(long place) => _stream.GoTo(place);

    /// <summary>Fills a buffer; false where the file ends before.</summary>
    public bool TryRead(Span<byte> buffer) => Read(buffer) == buffer.Length;

    /// <summary>Fills a buffer as far as the file goes, and returns how many bytes it has.</summary>
    public int Read(Span<byte> buffer) => _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    /// <summary>The next bytes, which stay unread: fewer than asked for at the end alone.</summary>
    public ReadOnlySpan<byte> Peek(int count) => _stream.Peek(count);

    /// <summary>Four characters and a length: what every chunk begins with. Null at the end of the file.</summary>
    public (string Id, uint Size)? ReadChunk()
    {
        Span<byte> header = stackalloc byte[8];
        return TryRead(header) ? (Encoding.Latin1.GetString(header[..4]), ReadUInt32(header[4..])) : null;
    }

    /// <summary>Leaves bytes out; false where the file ends before.</summary>
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

    /// <summary>Leaves out the rest of a chunk, and its pad byte where it has one.</summary>
    /// <param name="rest">Bytes that were not read.</param>
    /// <param name="size">Bytes of the whole chunk.</param>
    public bool SkipChunk(long rest, long size) => TrySkip(rest) && (size % 2 == 0 || !IsPadded() || TrySkip(1));

    /// <summary>The next bytes of a chunk, and the rest of it left out; null where the file ends before.</summary>
    public byte[]? ReadChunkStart(long size, int wanted)
    {
        var start = new byte[Math.Min(size, wanted)];
        return TryRead(start) && SkipChunk(size - start.Length, size) ? start : null;
    }

    public ushort ReadUInt16(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint ReadUInt32(ReadOnlySpan<byte> bytes) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Whether the next bytes are the beginning of a chunk that files are known to have.</summary>
    public bool IsAtKnownChunk() => IsKnown(Peek(4));

    // Some programs leave the pad byte of an odd chunk out: then the next chunk's name stands in its place.
    private bool IsPadded()
    {
        var next = Peek(5);
        return !IsKnown(next) && (next.Length < 5 || IsKnown(next[1..]) || !IsPrintable(next[..4]) || IsPrintable(next[1..]));
    }

    private static bool IsKnown(ReadOnlySpan<byte> name) => name.Length >= 4 && Array.IndexOf(KnownChunks, Encoding.Latin1.GetString(name[..4])) >= 0;

    private static bool IsPrintable(ReadOnlySpan<byte> name) => name.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
}

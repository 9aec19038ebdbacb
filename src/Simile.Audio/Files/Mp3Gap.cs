namespace Simile.Audio.Files;

/// <summary>The padding that an encoder added before and after the sound, from the Xing or LAME tag in the first frame.</summary>
/// <param name="Before">Samples to skip at the beginning, including the decoder's delay.</param>
/// <param name="Length">Number of samples of the sound.</param>
internal readonly record struct Mp3Gap(int Before, long Length)
{
    // The delay of a layer 3 decoder in samples.
    private const int DecoderDelay = 529;
    private const int LameBytes = 24;
    private const int VbriPlace = 36;

    /// <summary>Removes nothing.</summary>
    public static readonly Mp3Gap None = new(0, long.MaxValue);

    /// <summary>
    /// Reads the tag and skips its frame, which holds no sound. NLayer also reads the tag, but removes 529 samples too many at the end.
    /// </summary>
    public static Mp3Gap Take(PeekStream stream)
    {
        if (Mp3Frame.Parse(stream.Peek(Mp3Frame.HeaderBytes)) is not { } frame)
        {
            return None;
        }

        var bytes = stream.Peek(frame.Length);
        var isXing = bytes.Length >= frame.TagPlace + 8
            && (bytes[frame.TagPlace..].StartsWith("Xing"u8) || bytes[frame.TagPlace..].StartsWith("Info"u8));
        if (bytes.Length < frame.Length || !(isXing || (bytes.Length > VbriPlace && bytes[VbriPlace..].StartsWith("VBRI"u8))))
        {
            return None;
        }

        var gap = isXing ? ReadXing(bytes[frame.TagPlace..], frame.Samples) : None;
        stream.ReadExactly(new byte[frame.Length]);
        return gap;
    }

    // After the name, four bytes tell which fields follow: frames, bytes, a seek table, a quality. Then come LAME's fields.
    private static Mp3Gap ReadXing(ReadOnlySpan<byte> tag, int frameSamples)
    {
        var flags = tag[7];
        var at = 8 + ((flags & 1) * 4) + ((flags >> 1 & 1) * 4) + ((flags >> 2 & 1) * 100) + ((flags >> 3 & 1) * 4);
        if ((flags & 1) == 0 || tag.Length < at + LameBytes || !(tag[at..].StartsWith("LAME"u8) || tag[at..].StartsWith("Lav"u8)))
        {
            return None;
        }

        var frames = ((long)tag[8] << 24) | ((long)tag[9] << 16) | ((long)tag[10] << 8) | tag[11];
        var lame = tag[at..];
        var (before, behind) = ((lame[21] << 4) | (lame[22] >> 4), ((lame[22] & 15) << 8) | lame[23]);
        var length = (frames * frameSamples) - before - behind;
        return length > 0 ? new Mp3Gap(before + DecoderDelay, length) : None;
    }
}

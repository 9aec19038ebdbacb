namespace Simile.Audio.Files;

/// <summary>Chooses the decoder of an Ogg file by the first packets of its streams.</summary>
internal static class OggFile
{
    // The first pages of all streams come first. A page has at most 65,307 bytes.
    private const int SearchBytes = 1 << 16;

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InvalidDataException">The headers are damaged.</exception>
    /// <exception cref="UnknownCodingException">The file holds neither Vorbis nor Opus nor FLAC.</exception>
    public static SampleReader Open(PeekStream stream)
    {
        var bytes = stream.Peek(SearchBytes);
        while (OggPage.Parse(bytes) is { IsFirst: true } page)
        {
            var packet = bytes[page.HeaderBytes..page.Bytes];
            if (packet.StartsWith("\u0001vorbis"u8))
            {
                return VorbisSound.Open(stream, page.Serial);
            }

            if (packet.StartsWith("OpusHead"u8))
            {
                return OpusSound.Open(stream, page.Serial);
            }

            if (packet.StartsWith("\u007FFLAC"u8))
            {
                return FlacReader.OpenOgg(stream, page.Serial);
            }

            bytes = bytes[page.Bytes..];
        }

        throw new UnknownCodingException("it is an Ogg file with neither Vorbis nor Opus nor FLAC");
    }
}

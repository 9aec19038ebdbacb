namespace Simile.Audio.Files;

/// <summary>ID3v2 tags, which precede MP3 files. Some programs also put them before other files.</summary>
internal static class Id3
{
    private const int HeaderBytes = 10;
    private const int FooterFlag = 0x10;

    /// <summary>Skips the tags at the start of a file.</summary>
    public static void Skip(SoundStream file)
    {
        while (file.Peek(HeaderBytes) is { Length: HeaderBytes } header && header.StartsWith("ID3"u8)
            && header[6..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
        {
            // seven bits a byte, so that no tag looks like a frame
            var size = (header[6] << 21) | (header[7] << 14) | (header[8] << 7) | header[9];
            if (!file.TrySkip(HeaderBytes + size + ((header[5] & FooterFlag) != 0 ? HeaderBytes : 0L)))
            {
                return;
            }
        }
    }
}

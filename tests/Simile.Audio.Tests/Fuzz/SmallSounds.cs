namespace Simile.Audio.Tests.Fuzz;

/// <summary>A small good sound of every format that is read: the files that the fuzzing changes.</summary>
internal static class SmallSounds
{
    public static byte[] Wav(short coding, short bits)
    {
        var samples = new byte[bits * 4];
        return
        [
            .. "RIFF"u8, .. I32(36 + samples.Length), .. "WAVEfmt "u8, .. I32(16), .. I16(coding),
            .. I16(2), .. I32(8000), .. I32(8000 * bits / 4), .. I16((short)(bits / 4)), .. I16(bits),
            .. "data"u8, .. I32(samples.Length), .. samples,
        ];
    }

    /// <summary>One channel of 16 bits, 8,000 samples a second.</summary>
    public static byte[] Aiff() =>
    [
        .. "FORM"u8, 0, 0, 0, 62, .. "AIFFCOMM"u8, 0, 0, 0, 18, 0, 1, 0, 0, 0, 8, 0, 16, 0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0,
        .. "SSND"u8, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    ];

    /// <summary>One channel of µ-law, 8,000 samples a second.</summary>
    public static byte[] Au() => [.. ".snd"u8, 0, 0, 0, 24, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0x1F, 0x40, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>Sony's Wave64: eight samples of 16 bits.</summary>
    public static byte[] Wave64()
    {
        static byte[] Chunk(string name, byte[] content) =>
            [
                    .. System.Text.Encoding.Latin1.GetBytes(name), .. new byte[12], .. Sounds.I64(24 + content.Length), .. content,
                    .. new byte[-content.Length & 7],
                ];
        return
        [
            .. Files.WavReader.Wave64Start, 4, 0xC1, 0, 0, .. Sounds.I64(0), .. "wave"u8, .. new byte[12],
            .. Chunk("fmt ", Sounds.Format(1, 1, 8000, 2, 16)), .. Chunk("data", Sounds.Pcm()),
        ];
    }

    /// <summary>A file of Coded/.</summary>
    public static byte[] Coded(string name) =>
        File.ReadAllBytes(Path.Combine(Simile.Testing.Assets.Repository, "tests", "Simile.Audio.Tests", "Coded", name));

    private static byte[] I32(int value) => BitConverter.GetBytes(value);

    private static byte[] I16(short value) => BitConverter.GetBytes(value);
}

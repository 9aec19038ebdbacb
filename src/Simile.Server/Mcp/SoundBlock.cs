using System.Buffers.Binary;
using ModelContextProtocol.Protocol;
using Simile.Audio;

namespace Simile.Server.Mcp;

/// <summary>Parts of sounds as audio blocks: WAV, one channel of 16 bits at 16 kHz, which language models take.</summary>
internal static class SoundBlock
{
    private const int Rate = 16_000;

    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static AudioContentBlock Load(string path, TimeSpan from, TimeSpan length)
    {
        var part = Waveform.LoadWindows(path, from + length).First().Sound;
        if (from >= part.Duration)
        {
            throw new ArgumentException($"The sound ends after {part.Duration.TotalSeconds:0.#} seconds.");
        }

        var sound = part.Slice(from, TimeSpan.FromTicks(Math.Min(length.Ticks, (part.Duration - from).Ticks))).Resample(Rate);
        return AudioContentBlock.FromBytes(Wave(sound.Samples.Span), "audio/wav");
    }

    private static byte[] Wave(ReadOnlySpan<float> samples)
    {
        const int Head = 44;
        var file = new byte[Head + (samples.Length * 2)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(
                file.AsSpan(Head + (i * 2)), (short)Math.Clamp(samples[i] * short.MaxValue, short.MinValue, short.MaxValue));
        }

        return file;
    }
}

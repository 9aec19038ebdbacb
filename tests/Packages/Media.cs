using System.Buffers.Binary;
using System.Text;

namespace Packages;

/// <summary>A synthetic picture and sound, so that no asset is needed and their vectors are known.</summary>
internal static class Media
{
    private const int Side = 256;
    private const int SampleRate = 16000;

    /// <summary>Writes a bitmap: a red disc on a blue gradient.</summary>
    public static string Picture(string folder)
    {
        var path = Path.Combine(folder, "disc.bmp");
        var file = new byte[54 + (Side * Side * 3)];
        "BM"u8.CopyTo(file);
        Write(file, 2, file.Length);
        Write(file, 10, 54);
        Write(file, 14, 40);
        Write(file, 18, Side);
        Write(file, 22, Side);
        Write(file, 26, 1 | (24 << 16));
        for (var i = 0; i < Side * Side; i++)
        {
            var (x, y) = (i % Side, i / Side);
            var inside = ((x - 120) * (x - 120)) + ((y - 140) * (y - 140)) < 70 * 70;
            var pixel = file.AsSpan(54 + (3 * i), 3);
            (pixel[0], pixel[1], pixel[2]) = inside
                ? ((byte)30, (byte)40, (byte)220)
                : ((byte)(255 - (y / 2)), (byte)(x / 2), (byte)(y / 4));
        }

        File.WriteAllBytes(path, file);
        return path;
    }

    /// <summary>Writes two seconds of a tone that rises from 200 to 2,000 Hz, with eight beats per second.</summary>
    public static string Sound(string folder)
    {
        var path = Path.Combine(folder, "tone.wav");
        const int Samples = 2 * SampleRate;
        var file = new byte[44 + (2 * Samples)];
        Encoding.ASCII.GetBytes("RIFF    WAVEfmt ").CopyTo(file, 0);
        Write(file, 4, file.Length - 8);
        Write(file, 16, 16);
        Write(file, 20, 1 | (1 << 16));
        Write(file, 24, SampleRate);
        Write(file, 28, 2 * SampleRate);
        Write(file, 32, 2 | (16 << 16));
        Encoding.ASCII.GetBytes("data").CopyTo(file, 36);
        Write(file, 40, 2 * Samples);
        for (var i = 0; i < Samples; i++)
        {
            var time = (double)i / SampleRate;
            var tone = Math.Sin(2 * Math.PI * ((200 * time) + (450 * time * time))) * (0.5 + (0.4 * Math.Sin(2 * Math.PI * 8 * time)));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), (short)Math.Round(tone * 30000));
        }

        File.WriteAllBytes(path, file);
        return path;
    }

    private static void Write(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}

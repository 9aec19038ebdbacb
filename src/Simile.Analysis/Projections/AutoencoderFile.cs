using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Simile.Numerics.Files;

namespace Simile.Analysis.Projections;

/// <summary>The file format of an autoencoder: docs/formats/autoencoder.md.</summary>
internal static class AutoencoderFile
{
    public const int MostWidth = 1 << 20;
    public const int MostHidden = 30;
    private const int HeaderBytes = 28;
    private static readonly byte[] Magic = [0x89, (byte)'S', (byte)'I', (byte)'M', (byte)'A', 0x0D, 0x0A, 0x1A];

    /// <summary>Writes the file atomically.</summary>
    public static void Write(string path, DenseNetwork network, float[] mean, float scale)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Magic);
        foreach (var number in (ReadOnlySpan<int>)[1, (int)network.Activation, network.Widths.Length, network.CodeIndex])
        {
            writer.Write(number);
        }

        writer.Write(scale);
        WriteAll(writer, MemoryMarshal.AsBytes(network.Widths.AsSpan()));
        WriteAll(writer, MemoryMarshal.AsBytes(mean.AsSpan()));
        for (var layer = 0; layer < network.Weights.Length; layer++)
        {
            WriteAll(writer, MemoryMarshal.AsBytes(network.Weights[layer].AsSpan()));
            WriteAll(writer, MemoryMarshal.AsBytes(network.Biases[layer].AsSpan()));
        }

        writer.Write(Crc32C.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        WholeFile.Write(path, stream => bytes.WriteTo(stream));
    }

    /// <exception cref="InvalidDataException">The file is not an autoencoder, has a later version, or is damaged.</exception>
    public static (DenseNetwork Network, float[] Mean, float Scale) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{Quoted(path)} is not the file of an autoencoder.");
        }

        if (Int(bytes, 8) != 1)
        {
            throw new InvalidDataException(
                $"{Quoted(path)} has version {Int(bytes, 8)}, but this Simile reads only version 1: update Simile.");
        }

        var widths = Widths(bytes);
        if (widths.Length == 0 || Length(widths) != bytes.Length
            || Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)) != (uint)Int(bytes, bytes.Length - 4))
        {
            throw new InvalidDataException($"{Quoted(path)} is damaged: save it again.");
        }

        return Parse(bytes, widths);
    }

    // Empty if the header is invalid.
    private static int[] Widths(byte[] bytes)
    {
        var (activation, count, code, scale) =
            (Int(bytes, 12), Int(bytes, 16), Int(bytes, 20), BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(24)));
        if (activation is < 0 or > 1 || count is < 3 or > 64 || code < 1 || code > count - 2
            || !(scale > 0 && float.IsFinite(scale)) || bytes.Length < HeaderBytes + (4 * count))
        {
            return [];
        }

        int[] widths = [.. Enumerable.Range(0, count).Select(i => Int(bytes, HeaderBytes + (4 * i)))];
        return widths[0] == widths[^1] && widths.All(w => w is >= 1 and <= MostWidth) ? widths : [];
    }

    private static long Length(int[] widths)
    {
        var numbers = (long)widths.Length + widths[0] + 1;
        for (var i = 0; i + 1 < widths.Length; i++)
        {
            numbers += ((long)widths[i] + 1) * widths[i + 1];
        }

        return HeaderBytes + (4 * numbers);
    }

    private static (DenseNetwork Network, float[] Mean, float Scale) Parse(byte[] bytes, int[] widths)
    {
        var at = HeaderBytes + (4 * widths.Length);
        void Fill(Span<float> target)
        {
            MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, 4 * target.Length)).CopyTo(target);
            at += 4 * target.Length;
        }

        var mean = new float[widths[0]];
        Fill(mean);
        var network = new DenseNetwork(widths, Int(bytes, 20), (Activation)Int(bytes, 12));
        for (var layer = 0; layer < network.Weights.Length; layer++)
        {
            Fill(network.Weights[layer].AsSpan());
            Fill(network.Biases[layer]);
        }

        return (network, mean, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(24)));
    }

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static string Quoted(string path) => $"'{Path.GetFileName(path)}'";

    private static void WriteAll(BinaryWriter writer, ReadOnlySpan<byte> bytes) => writer.Write(bytes);
}

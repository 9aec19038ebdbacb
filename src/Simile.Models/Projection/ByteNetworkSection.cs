using Simile.Models.BuiltIn;

namespace Simile.Models.Projection;

/// <summary>A <see cref="ByteNetwork"/> as bytes of a packed file (docs/formats/packed-model.md).</summary>
internal static class ByteNetworkSection
{
    private const int MostLayers = 1000;

    public static byte[] Write(ByteNetwork network)
    {
        var section = new MemoryStream();
        using var writer = new BinaryWriter(section);
        writer.Write(network.Channels);
        writer.Write(network.Sigmoid ? 1 : 0);
        writer.Write(network.Layers.Count);
        foreach (var layer in network.Layers)
        {
            Array.ForEach(layer.Shape, writer.Write);
            writer.Write(layer.Stride);
            writer.Write(layer.Groups);
            writer.Write(layer.Adds);
            Array.ForEach([layer.Low, layer.High, layer.SumLow, layer.SumHigh], writer.Write);
            Array.ForEach(layer.Scales, writer.Write);
            Array.ForEach(layer.Offsets, writer.Write);
            Array.ForEach(layer.Bias, writer.Write);
            writer.Write(layer.Weights);
        }

        return section.ToArray();
    }

    /// <exception cref="InvalidDataException">The section is damaged.</exception>
    public static ByteNetwork Read(PackedFile file, string section)
    {
        using var reader = new BinaryReader(new MemoryStream(file.Section(section).ToArray()));
        try
        {
            var (channels, sigmoid, count) = (reader.ReadInt32(), reader.ReadInt32() != 0, reader.ReadInt32());
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)MostLayers);
            var layers = new List<ByteLayer>();
            while (layers.Count < count)
            {
                layers.Add(ReadLayer(reader, layers.Count));
            }

            return new ByteNetwork(channels, sigmoid, layers);
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or OverflowException)
        {
            throw file.DamagedSection(section);
        }
    }

    private static ByteLayer ReadLayer(BinaryReader reader, int index)
    {
        int[] shape = [reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()];
        var (stride, groups, adds) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var limits = Floats(reader, 4);
        if (shape.Any(size => size is < 1 or > 1 << 16) || stride is < 1 or > 16 || groups < 1 || adds >= index)
        {
            throw new ArgumentException("No layer has these sizes.");
        }

        return new ByteLayer(shape, stride, groups, limits[0], limits[1], adds, limits[2], limits[3])
        {
            Scales = Floats(reader, shape[0]),
            Offsets = Floats(reader, shape[0]),
            Bias = Floats(reader, shape[0]),
            Weights = Bytes(reader, ByteLayer.Count(shape)),
        };
    }

    private static float[] Floats(BinaryReader reader, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = reader.ReadSingle();
        }

        return values;
    }

    private static byte[] Bytes(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }
}

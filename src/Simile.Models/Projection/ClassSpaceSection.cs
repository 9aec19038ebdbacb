using System.Runtime.InteropServices;
using Simile.Models.BuiltIn;
using Simile.Numerics;

namespace Simile.Models.Projection;

/// <summary>A <see cref="ClassSpace"/> in a packed file (docs/formats/packed-model.md): 8 bits per number, one scale per class.</summary>
internal static class ClassSpaceSection
{
    private const int Header = 12;

    public static byte[] Write(ClassSpace space)
    {
        var section = new MemoryStream();
        using var writer = new BinaryWriter(section);
        writer.Write(space.Vectors.Count);
        writer.Write(space.Vectors.Dimensions);
        writer.Write(space.Unrelated);
        for (var i = 0; i < space.Vectors.Count; i++)
        {
            var row = space.Vectors[i].ToArray();
            var scale = MathF.Max(row.Max(MathF.Abs), 1e-20f) / 127;
            writer.Write(scale);
            Array.ForEach(row, value => writer.Write((sbyte)MathF.Round(value / scale)));
        }

        return section.ToArray();
    }

    /// <summary>Dimensions of the vectors.</summary>
    public static int Dimensions(PackedFile file, string name) =>
        file.Section(name).Span is { Length: >= Header } section ? MemoryMarshal.Read<int>(section[4..]) : throw file.DamagedSection(name);

    /// <exception cref="InvalidDataException">The section is damaged.</exception>
    public static ClassSpace Read(PackedFile file, string name)
    {
        var section = file.Section(name).Span;
        if (section.Length < Header)
        {
            throw file.DamagedSection(name);
        }

        var (count, dimensions) = (MemoryMarshal.Read<int>(section), MemoryMarshal.Read<int>(section[4..]));
        if (count is < 1 or > 1 << 20 || dimensions is < 1 or > 1 << 16 || section.Length != Header + (count * (4L + dimensions)))
        {
            throw file.DamagedSection(name);
        }

        var vectors = new VectorMatrix(count, dimensions);
        for (var i = 0; i < count; i++)
        {
            var row = section.Slice(Header + (i * (4 + dimensions)), 4 + dimensions);
            var scale = MemoryMarshal.Read<float>(row);
            for (var j = 0; j < dimensions; j++)
            {
                vectors[i][j] = (sbyte)row[4 + j] * scale;
            }
        }

        return new ClassSpace(vectors, MemoryMarshal.Read<float>(section[8..]));
    }
}

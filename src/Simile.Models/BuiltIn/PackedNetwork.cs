using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Simile.Models.Checkpoints;

namespace Simile.Models.BuiltIn;

/// <summary>The section text/network: named tensors in half precision.</summary>
internal static class PackedNetwork
{
    /// <summary>The name of the section.</summary>
    public const string Section = "text/network";

    private const int Alignment = 64;
    private const int MaxTensors = 1 << 16;

    /// <summary>Encodes tensors in half precision as bytes of a section, in the order of their names.</summary>
    /// <exception cref="InvalidDataException">A number is too large for half precision.</exception>
    public static byte[] Write(IEnumerable<Tensor> tensors)
    {
        Tensor[] sorted = [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];
        var section = new MemoryStream();
        using var writer = new BinaryWriter(section);
        writer.Write(sorted.Length);
        foreach (var tensor in sorted)
        {
            writer.Write((ushort)tensor.Name.Length);
            writer.Write(Encoding.ASCII.GetBytes(tensor.Name));
            writer.Write((byte)tensor.Shape.Length);
            Array.ForEach(tensor.Shape, size => writer.Write((uint)size));
        }

        foreach (var tensor in sorted)
        {
            writer.Write(new byte[Align(section.Position) - section.Position]);
            writer.Write(MemoryMarshal.AsBytes<Half>(Halves(tensor)));
        }

        return section.ToArray();
    }

    /// <summary>The tensors of a file, decoded to float32.</summary>
    /// <exception cref="InvalidDataException">The section is damaged.</exception>
    public static Checkpoint Read(PackedFile file)
    {
        var section = file.Section(Section);
        try
        {
            return new Checkpoint(Read(section));
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw file.DamagedSection(Section);
        }
    }

    private static Dictionary<string, Tensor> Read(Memory<byte> section)
    {
        var shapes = ReadShapes(section.Span, out var position);
        var tensors = new Dictionary<string, Tensor>(shapes.Count);
        foreach (var (name, shape) in shapes)
        {
            var length = checked((int)shape.Aggregate(2L, (product, size) => checked(product * size)));
            var start = (int)Align(position);
            tensors.Add(name, new Tensor(name, DType.F32, shape, Singles(section.Span.Slice(start, length))));
            position = start + length;
        }

        return tensors;
    }

    private static List<(string Name, long[] Shape)> ReadShapes(ReadOnlySpan<byte> section, out int position)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(section);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)MaxTensors);
        var shapes = new List<(string, long[])>();
        position = sizeof(int);
        while (shapes.Count < count)
        {
            var rest = section[position..];
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var name = Encoding.ASCII.GetString(rest.Slice(2, length));
            rest = rest[(2 + length)..];
            var shape = new long[rest.Slice(0, 1)[0]];
            for (var axis = 0; axis < shape.Length; axis++)
            {
                shape[axis] = BinaryPrimitives.ReadUInt32LittleEndian(rest.Slice(1 + (axis * 4), 4));
            }

            shapes.Add((name, shape));
            position += 3 + length + (shape.Length * 4);
        }

        return shapes;
    }

    private static long Align(long offset) => (offset + Alignment - 1) / Alignment * Alignment;

    // TensorPrimitives does the same, but compiling it takes longer than this work, which runs once per process.
    private static byte[] Singles(ReadOnlySpan<byte> section)
    {
        var halves = MemoryMarshal.Cast<byte, ushort>(section);
        var singles = new byte[halves.Length * sizeof(float)];
        HalfPrecision.Widen(halves, MemoryMarshal.Cast<byte, float>(singles.AsSpan()));
        return singles;
    }

    private static Half[] Halves(Tensor tensor)
    {
        var numbers = tensor.ToFloats().Span;
        var halves = new Half[numbers.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = (Half)numbers[i];
            if (!Half.IsFinite(halves[i]))
            {
                throw new InvalidDataException(
                    $"Tensor {tensor.Name} holds {numbers[i]}, which is too large for half precision: this model cannot be packed.");
            }
        }

        return halves;
    }
}

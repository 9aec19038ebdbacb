using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Simile.Models.Checkpoints;

/// <summary>A named tensor of a checkpoint, row-major.</summary>
/// <remarks>Its memory belongs to the <see cref="Checkpoint"/> and must not be used after disposal; copies are independent.</remarks>
internal sealed class Tensor(string name, DType type, long[] shape, Memory<byte> bytes, float[]? scales = null)
{
    private string? _whole;

    /// <summary>Its name in the checkpoint.</summary>
    public string Name => name;

    /// <summary>The name of the tensor in the checkpoint, also for a part of it.</summary>
    public string Whole => _whole ?? name;

    /// <summary>The number type.</summary>
    public DType Type => type;

    /// <summary>The shape, outermost first; empty for a scalar.</summary>
    public long[] Shape => shape;

    /// <summary>The numbers as stored.</summary>
    public Memory<byte> Bytes => bytes;

    /// <summary>The scale of each row of bytes; null for numbers without scales.</summary>
    public float[]? Scales => scales;

    /// <summary>The number of elements.</summary>
    public int Length => bytes.Length / type.Size();

    /// <summary>The numbers as float32. Without a copy if they are stored as float32.</summary>
    public Memory<float> ToFloats()
    {
        if (type == DType.F32)
        {
            return new CastMemory<float>(bytes).Memory;
        }

        var floats = new float[Length];
        Convert(bytes.Span, floats);
        for (var row = 0; row < scales?.Length; row++)
        {
            var numbers = floats.AsSpan(row * (floats.Length / scales.Length), floats.Length / scales.Length);
            System.Numerics.Tensors.TensorPrimitives.Multiply(numbers, scales[row], numbers);
        }

        return floats;
    }

    /// <summary><paramref name="count"/> rows from index <paramref name="from"/> of the outermost axis: a view, not a copy.</summary>
    public Tensor Rows(int from, int count)
    {
        var row = bytes.Length / (int)shape[0];
        return new Tensor(
            $"{name}[{from}:{from + count}]",
            type,
            [count, .. shape.AsSpan(1)],
            bytes.Slice(from * row, count * row),
            scales?.AsSpan(from, count).ToArray())
        {
            _whole = Whole,
        };
    }

    /// <summary>The same bytes with one scale per row.</summary>
    public Tensor Scaled(float[] rows) => new(name, type, shape, bytes, rows);

    /// <summary>The transpose of a matrix, as a copy: element (i, j) of [rows, columns] becomes element (j, i).</summary>
    public float[] Transposed()
    {
        if (shape.Length != 2)
        {
            throw new InvalidDataException($"Tensor {name} must be a matrix, but has {shape.Length} dimensions.");
        }

        var turned = new float[Length];
        Transpose.Copy(ToFloats().Span, (int)shape[0], (int)shape[1], turned, (int)shape[0]);
        return turned;
    }

    private void Convert(ReadOnlySpan<byte> source, Span<float> target)
    {
        switch (type)
        {
            case DType.F16:
                System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), target);
                break;
            case DType.BF16:
                var words = MemoryMarshal.Cast<byte, ushort>(source);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = BitConverter.UInt32BitsToSingle((uint)words[i] << 16);
                }

                break;
            default:
                var size = type.Size();
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = One(source.Slice(i * size, size));
                }

                break;
        }
    }

    private float One(ReadOnlySpan<byte> at) => type switch
    {
        DType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
        DType.I64 => BinaryPrimitives.ReadInt64LittleEndian(at),
        DType.I32 => BinaryPrimitives.ReadInt32LittleEndian(at),
        DType.I16 => BinaryPrimitives.ReadInt16LittleEndian(at),
        DType.I8 => (sbyte)at[0],
        DType.U64 => BinaryPrimitives.ReadUInt64LittleEndian(at),
        DType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
        DType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
        DType.F8E5M2 => (float)BitConverter.UInt16BitsToHalf((ushort)(at[0] << 8)),
        DType.F8E4M3 => Float8(at[0]),
        _ => at[0],
    };

    // E4M3FN: bias 7, no infinity, 0x7F and 0xFF are NaN.
    private static float Float8(byte bits)
    {
        var (exponent, mantissa) = ((bits >> 3) & 15, bits & 7);
        var magnitude = (exponent, mantissa) switch
        {
            (15, 7) => float.NaN,
            (0, _) => mantissa / 512f,
            _ => MathF.ScaleB(1 + (mantissa / 8f), exponent - 7),
        };
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Tables;

/// <summary>
/// Reads a NumPy file of vectors [n, d] as float32: floats of 16, 32 and 64 bits, integers and booleans, in either byte order, row-major or
/// column-major, format versions 1 to 3. An array [d] is one vector.
/// </summary>
internal static class NpyReader
{
    private const int BlockNumbers = 1 << 16;

    /// <exception cref="InvalidDataException">The file has another format, does not hold one vector per row, or is truncated.</exception>
    public static VectorMatrix Read(string path)
    {
        using var file = File.OpenRead(path);
        var layout = NpyLayout.Read(file, path);
        var (count, dimensions) = Rows(layout.Shape, path);
        if (file.Length - file.Position != (long)count * dimensions * layout.Type.Bytes)
        {
            throw new InvalidDataException($"{path} is truncated, or longer than its header says: {count:N0} × {dimensions:N0} numbers.");
        }

        var vectors = new VectorMatrix(count, dimensions);
        if (layout.IsColumnMajor && count > 1)
        {
            ReadColumns(file, layout.Type, vectors);
        }
        else
        {
            ReadRows(file, layout.Type, vectors.AsSpan());
        }

        return vectors;
    }

    private static (int Count, int Dimensions) Rows(long[] shape, string path)
    {
        var said = $"({string.Join(", ", shape.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)))})";
        return shape switch
        {
            [] => throw new InvalidDataException($"{path} holds a single number, but must hold one vector per row."),
            [var length and > 0] when length <= Array.MaxLength => (1, (int)length),
            [_] => throw new InvalidDataException($"{path} holds no vector that can be read: its shape is {said}."),
            [_, 0] => throw new InvalidDataException($"{path} holds vectors without components: its shape is {said}."),
            [var count, var dimensions] when dimensions <= Array.MaxLength && count <= Array.MaxLength / dimensions =>
                ((int)count, (int)dimensions),
            [_, _] =>
                throw new InvalidDataException(
                    $"{path} holds more than {Array.MaxLength:N0} numbers: its shape is {said}. Split it into several files."),
            _ =>
                throw new InvalidDataException(
                    $"{path} holds an array of {shape.Length} dimensions, but must hold one vector per row: its shape is {said}. "
                    + $"Save it with numpy.save(path, vectors.reshape(-1, {shape[^1]}))."),
        };
    }

    private static void ReadRows(Stream file, NpyType type, Span<float> target)
    {
        if (type is { Kind: 'f', Bytes: 4, IsBigEndian: false } && BitConverter.IsLittleEndian)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(target));
            return;
        }

        var block = new byte[Math.Min(BlockNumbers, target.Length) * type.Bytes];
        for (var at = 0; at < target.Length; at += BlockNumbers)
        {
            var numbers = target[at..Math.Min(at + BlockNumbers, target.Length)];
            file.ReadExactly(block.AsSpan(0, numbers.Length * type.Bytes));
            type.Convert(block, numbers);
        }
    }

    private static void ReadColumns(Stream file, NpyType type, VectorMatrix vectors)
    {
        var column = new float[vectors.Count];
        for (var j = 0; j < vectors.Dimensions; j++)
        {
            ReadRows(file, type, column);
            for (var i = 0; i < column.Length; i++)
            {
                vectors[i][j] = column[i];
            }
        }
    }
}

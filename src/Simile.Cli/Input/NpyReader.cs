using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Simile.Numerics;
using Simile.Numerics.Files;

namespace Simile.Cli;

/// <summary>Reads a NumPy file of float32 [n, d], little-endian, row after row: what <see cref="NpyWriter"/> and <c>numpy.save</c> write.</summary>
internal static partial class NpyReader
{
    private const int Preamble = 10;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is of another format, or cut off.</exception>
    public static VectorMatrix Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        RegularFile.Require(path);
        using var file = File.OpenRead(path);
        var (count, dimensions) = ReadShape(file, path);
        if (file.Length - file.Position != (long)count * dimensions * sizeof(float))
        {
            throw new InvalidDataException($"{path} is cut off, or longer than its header says: {count:N0} × {dimensions:N0} numbers.");
        }

        var vectors = new VectorMatrix(count, dimensions);
        file.ReadExactly(MemoryMarshal.AsBytes(vectors.AsSpan()));
        return vectors;
    }

    private static (int Count, int Dimensions) ReadShape(FileStream file, string path)
    {
        var preamble = new byte[Preamble];
        if (file.ReadAtLeast(preamble, Preamble, throwOnEndOfStream: false) < Preamble || !IsMagic(preamble))
        {
            throw new InvalidDataException($"{path} is no NumPy file: save vectors with numpy.save, or with 'simile embed --out'.");
        }

        var header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(preamble.AsSpan(8))];
        file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var shape = Shape().Match(Encoding.ASCII.GetString(header));
        return preamble[6] == 1 && shape.Success && int.TryParse(shape.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && int.TryParse(shape.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var dimensions) && dimensions > 0
            ? (count, dimensions)
            : throw new InvalidDataException($"{path} does not hold float32 vectors in rows: save them with numpy.save(path, vectors.astype('float32')).");
    }

    private static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes[0] == 0x93 && bytes[1..6].SequenceEqual("NUMPY"u8);

    [GeneratedRegex(@"'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)")]
    private static partial Regex Shape();
}

using System.Buffers.Binary;
using Simile.Numerics;

namespace Simile.Tables;

/// <summary>
/// Reads the files of the TEXMEX corpora: for each vector its length as int32, then float32 (.fvecs), bytes (.bvecs) or int32 (.ivecs),
/// little-endian.
/// </summary>
/// <remarks>
/// http://corpus-texmex.irisa.fr. All vectors of a file have the same length, so the length of the file shows whether it is complete.
/// </remarks>
internal static class VecsReader
{
    /// <exception cref="InvalidDataException">The file is truncated, or its vectors have different lengths.</exception>
    public static VectorMatrix Read(string path)
    {
        var type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".bvecs" => new NpyType('u', 1, IsBigEndian: false),
            ".ivecs" => new NpyType('i', 4, IsBigEndian: false),
            _ => new NpyType('f', 4, IsBigEndian: false),
        };
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var dimensions = FirstLength(file, type, path);
        var record = sizeof(int) + ((long)dimensions * type.Bytes);
        var count = file.Length / record;
        if (count * dimensions > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{path} holds more than {Array.MaxLength:N0} numbers: {count:N0} × {dimensions:N0}. Split it into several files.");
        }

        var vectors = new VectorMatrix((int)count, dimensions);
        var bytes = new byte[record];
        for (var i = 0; i < count; i++)
        {
            file.ReadExactly(bytes);
            if (BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && length != dimensions)
            {
                throw new InvalidDataException(
                    $"{path} claims that row {i} has {length:N0} numbers, but row 0 has {dimensions:N0}: "
                    + $"it is damaged, or not a valid {Path.GetExtension(path)} file.");
            }

            type.Convert(bytes.AsSpan(sizeof(int)), vectors[i]);
        }

        return vectors;
    }

    private static int FirstLength(FileStream file, NpyType type, string path)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException($"{path} holds no vectors: it has {file.Length} bytes.");
        }

        file.Position = 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length < 1 ? throw new InvalidDataException(
            $"{path} claims that its first vector has {length:N0} numbers: it is damaged, or not a valid {Path.GetExtension(path)} file.")
            : file.Length % (sizeof(int) + ((long)length * type.Bytes)) != 0 ? throw new InvalidDataException(
                $"{path} is truncated, or its vectors have different lengths: {file.Length:N0} bytes are not a multiple of the size of a "
                + $"vector of {length:N0} numbers.")
            : length;
    }
}

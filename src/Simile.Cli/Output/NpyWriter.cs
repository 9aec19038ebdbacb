using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Simile.Numerics;
using Simile.Numerics.Files;

namespace Simile.Cli;

/// <summary>
/// Writes a NumPy file: <see cref="NpyHeader"/>, then float32 [n, d], little-endian, row after row.
/// </summary>
/// <remarks>The file appears under its name only when it is whole: until <see cref="Finish"/> it has another one.</remarks>
internal sealed class NpyWriter : IDisposable
{
    private readonly WholeFile _file;
    private readonly int _dimensions;

    /// <exception cref="DirectoryNotFoundException">There is no folder for it.</exception>
    public NpyWriter(string path, int dimensions)
    {
        _dimensions = dimensions;
        _file = new WholeFile(path, 1 << 16);
        _file.Stream.Write(NpyHeader.Of("<f4", 0, dimensions));
    }

    /// <summary>Rows written so far.</summary>
    public long Count { get; private set; }

    public void Append(VectorMatrix vectors)
    {
        _file.Stream.Write(LittleEndian(vectors.AsSpan()));
        Count += vectors.Count;
    }

    /// <summary>Writes the final shape, brings everything to the disk and gives the file its name.</summary>
    public void Finish()
    {
        _file.Stream.Position = 0;
        _file.Stream.Write(NpyHeader.Of("<f4", Count, _dimensions));
        _file.Commit();
    }

    public void Dispose() => _file.Dispose();

    private static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<float> numbers)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(numbers);
        }

        var bytes = new byte[numbers.Length * sizeof(float)];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), numbers[i]);
        }

        return bytes;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>
/// Writes a NumPy file: <see cref="NpyHeader"/>, then float32 [n, d], little-endian, row after row.
/// </summary>
/// <remarks>The file appears under its name only when it is whole: until <see cref="Finish"/> it has another one.</remarks>
internal sealed class NpyWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _file;
    private readonly int _dimensions;

    public NpyWriter(string path, int dimensions)
    {
        _path = Path.GetFullPath(path);
        _dimensions = dimensions;
        if (Path.GetDirectoryName(_path) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder} to write {Path.GetFileName(_path)} to: make it first.");
        }

        _temporary = TemporaryFiles.NameFor(_path);
        _file = new FileStream(_temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        _file.Write(NpyHeader.Of("<f4", 0, dimensions));
    }

    /// <summary>Rows written so far.</summary>
    public long Count { get; private set; }

    public void Append(VectorMatrix vectors)
    {
        _file.Write(LittleEndian(vectors.AsSpan()));
        Count += vectors.Count;
    }

    /// <summary>Writes the final shape, brings everything to the disk and gives the file its name.</summary>
    public void Finish()
    {
        _file.Position = 0;
        _file.Write(NpyHeader.Of("<f4", Count, _dimensions));
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    public void Dispose()
    {
        TemporaryFiles.Drop(_file);
    }

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

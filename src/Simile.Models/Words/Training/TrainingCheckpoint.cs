using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Simile.Models.Words;

/// <summary>
/// A training checkpoint: 8 bytes "SIMWORD1", a 32-byte hash of the options and of the names and lengths of the files, the number of
/// finished chunks (8 bytes), then the rows of both tables as floats. The file is written atomically.
/// </summary>
internal sealed class TrainingCheckpoint
{
    private readonly string _path;
    private readonly byte[] _identity;

    public TrainingCheckpoint(string path, IReadOnlyList<string> files, string options, long tokens)
    {
        _path = path;
        var what = new StringBuilder(options).Append(tokens);
        foreach (var file in files)
        {
            what.Append('\n').Append(Path.GetFullPath(file)).Append(' ').Append(new FileInfo(file).Length);
        }

        _identity = SHA256.HashData(Encoding.UTF8.GetBytes(what.ToString()));
    }

    private static ReadOnlySpan<byte> Magic => "SIMWORD1"u8;

    /// <summary>Restores the tables and the number of finished chunks; null if there is no checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file belongs to other texts or options, or is damaged.</exception>
    public long? Read(params NumberTable[] tables)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        var header = new byte[Magic.Length + _identity.Length + sizeof(long)];
        var size = header.Length + tables.Sum(table => table.Rows * table.Dimensions * sizeof(float));
        if (stream.Length != size || stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || !header.AsSpan().StartsWith(Magic) || !header.AsSpan(Magic.Length, _identity.Length).SequenceEqual(_identity))
        {
            throw new InvalidDataException(
                $"{_path} is a checkpoint of other texts or options: "
                + "delete it to start again, or give the same texts and options to resume.");
        }

        foreach (var table in tables)
        {
            for (var row = 0L; row < table.Rows; row++)
            {
                stream.ReadExactly(MemoryMarshal.AsBytes(table.Row(row)));
            }
        }

        return BitConverter.ToInt64(header, Magic.Length + _identity.Length);
    }

    public void Write(long done, params NumberTable[] tables) => WholeFile.Write(_path, file =>
    {
        var stream = new BufferedStream(file, 1 << 20);
        stream.Write(Magic);
        stream.Write(_identity);
        stream.Write(BitConverter.GetBytes(done));
        foreach (var table in tables)
        {
            for (var row = 0L; row < table.Rows; row++)
            {
                stream.Write(MemoryMarshal.AsBytes(table.Row(row)));
            }
        }

        stream.Flush();
    });

    public void Delete() => File.Delete(_path);
}

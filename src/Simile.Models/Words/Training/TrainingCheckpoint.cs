using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Simile.Models.Words;

/// <summary>
/// Training that was interrupted: 8 bytes "SIMWORD1", 32 bytes of a hash of the options and of the files' names and lengths, the number of chunks that are done
/// (8 bytes), then the rows of both tables as floats. It appears whole or not at all.
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

    /// <summary>Takes the tables up where they were left; null where there is no checkpoint.</summary>
    /// <exception cref="InvalidDataException">The file is of other texts or options, or damaged.</exception>
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
            throw new InvalidDataException($"{_path} is the work of other texts or other options: delete it to begin anew, or give the same ones to go on.");
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

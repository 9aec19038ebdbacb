using System.IO.Compression;
using System.Runtime.InteropServices;
using Simile.Index;
using Simile.Numerics.Files;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>A file of nearest neighbors, written query by query. It gets its name when it is complete.</summary>
internal abstract class NeighborFile : IDisposable
{
    private readonly WholeFile _file;

    private NeighborFile(string path) => _file = new WholeFile(path, 1 << 16);

    /// <summary>Creates a file. Its extension decides the format: .npz or .jsonl.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="queries">Number of queries.</param>
    /// <param name="top">Maximum number of answers per query.</param>
    public static NeighborFile Create(string path, int queries, int top) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? new Lines(path) : new Archive(path, queries, top);

    /// <summary>Writes the answers of the next queries, starting with query <paramref name="first"/>.</summary>
    public abstract void Append(int first, Hit[][] answers);

    /// <summary>Flushes everything to the disk and renames the file to its final name.</summary>
    public void Finish()
    {
        WriteRest(_file.Stream);
        _file.Commit();
    }

    public void Dispose() => _file.Dispose();

    private protected virtual void WriteRest(Stream file)
    {
    }

    /// <summary>One line {"query","ids","scores"} per query.</summary>
    private sealed class Lines : NeighborFile
    {
        private readonly JsonLines _json;

        public Lines(string path)
            : base(path) => _json = new JsonLines(_file.Stream);

        public override void Append(int first, Hit[][] answers) =>
            _json.Write(answers.Length, (writer, row) => IndexSearchVerb.WriteJson(writer, first + row, answers[row]));
    }

    /// <summary>
    /// ids, int64 [n, top], and scores, float32 [n, top], for numpy.load. If fewer were found, the rest of a row is −1 and NaN.
    /// </summary>
    private sealed class Archive(string path, int queries, int top) : NeighborFile(path)
    {
        private readonly long[] _ids = Filled(queries, top, -1L);
        private readonly float[] _scores = Filled(queries, top, float.NaN);

        public override void Append(int first, Hit[][] answers)
        {
            for (var i = 0; i < answers.Length; i++)
            {
                for (var j = 0; j < answers[i].Length; j++)
                {
                    var at = ((first + i) * top) + j;
                    (_ids[at], _scores[at]) = (answers[i][j].Id, answers[i][j].Score);
                }
            }
        }

        private protected override void WriteRest(Stream file)
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
            Add(archive, "ids.npy", NpyHeader.Of("<i8", queries, top), MemoryMarshal.AsBytes(_ids.AsSpan()));
            Add(archive, "scores.npy", NpyHeader.Of("<f4", queries, top), MemoryMarshal.AsBytes(_scores.AsSpan()));
        }

        private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> numbers)
        {
            using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(header);
            entry.Write(numbers);
        }

        private static T[] Filled<T>(int rows, int columns, T value)
        {
            if ((long)rows * columns > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"{rows:N0} × {columns:N0} answers do not fit one array of .npz: write .jsonl, or ask for fewer with --top.");
            }

            var all = new T[rows * columns];
            Array.Fill(all, value);
            return all;
        }
    }
}

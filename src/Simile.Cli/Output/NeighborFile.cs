using System.IO.Compression;
using System.Runtime.InteropServices;
using Simile.Index;
using Simile.Numerics.Files;
using Simile.Tables;

namespace Simile.Cli;

/// <summary>A file of nearest neighbors, written query after query; it appears under its name only when it is whole.</summary>
internal abstract class NeighborFile : IDisposable
{
    private readonly WholeFile _file;

    private NeighborFile(string path) => _file = new WholeFile(path, 1 << 16);

    /// <summary>A file of the kind that its name's ending says: .npz or .jsonl.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="queries">How many queries there will be.</param>
    /// <param name="top">How many answers each has at most.</param>
    public static NeighborFile Create(string path, int queries, int top) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? new Lines(path) : new Archive(path, queries, top);

    /// <summary>Takes the answers of the next queries, the first of which has the number <paramref name="first"/>.</summary>
    public abstract void Append(int first, Hit[][] answers);

    /// <summary>Brings everything to the disk and gives the file its name.</summary>
    public void Finish()
    {
        WriteRest(_file.Stream);
        _file.Commit();
    }

    public void Dispose() => _file.Dispose();

    private protected virtual void WriteRest(Stream file)
    {
    }

    /// <summary>{"query","ids","scores"} a line.</summary>
    private sealed class Lines : NeighborFile
    {
        private readonly JsonLines _json;

        public Lines(string path)
            : base(path) => _json = new JsonLines(_file.Stream);

        public override void Append(int first, Hit[][] answers) =>
            _json.Write(answers.Length, (writer, row) => IndexSearchVerb.WriteJson(writer, first + row, answers[row]));
    }

    /// <summary>ids, int64 [n, top], and scores, float32 [n, top], as numpy.load reads them. Where fewer were found, the rest of a row is −1 and NaN.</summary>
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
                throw new ArgumentException($"{rows:N0} × {columns:N0} answers do not fit one array of .npz: write .jsonl, or ask for fewer with --top.");
            }

            var all = new T[rows * columns];
            Array.Fill(all, value);
            return all;
        }
    }
}

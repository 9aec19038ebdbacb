using System.Runtime.InteropServices;

namespace Simile.Models.Words;

/// <summary>The co-occurrence weight of two words.</summary>
/// <param name="Pair">Row of the word in the upper 32 bits, row of its neighbor in the lower.</param>
/// <param name="Weight">The sum over all co-occurrences.</param>
internal readonly record struct Cooccurrence(ulong Pair, double Weight)
{
    public int Word => (int)(Pair >> 32);

    public int Neighbor => (int)(uint)Pair;
}

/// <summary>
/// Counts co-occurrences of words within a window. When the memory limit is reached, the pairs are written to a temporary file in sorted
/// order. <see cref="Merged"/> merges these files.
/// </summary>
/// <remarks>Dispose it to delete the files.</remarks>
internal sealed class Cooccurrences : IDisposable
{
    // Estimated bytes per dictionary entry: key, value, link, and the unused capacity.
    private const int BytesPerPair = 48;

    private readonly Dictionary<ulong, double> _pairs = [];
    private readonly List<FileStream> _runs = [];
    private readonly int _most;

    /// <param name="memory">Approximate memory limit for the pairs, in bytes.</param>
    public Cooccurrences(long memory) => _most = (int)Math.Clamp(memory / BytesPerPair, 1000, Array.MaxLength / 4);

    /// <summary>Number of temporary files written because the memory limit was reached.</summary>
    public int Runs => _runs.Count;

    /// <summary>Counts the co-occurrences in a corpus; each pair is counted in both directions.</summary>
    /// <param name="corpus">The texts.</param>
    /// <param name="vocabulary">Words outside the vocabulary are skipped and do not count for the distance.</param>
    /// <param name="window">The greatest distance of a neighbor, in words.</param>
    /// <param name="byDistance">Whether a neighbor at distance d has weight 1/d, as in GloVe, or 1.</param>
    /// <param name="progress">Optional progress callback, in words.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public void Count(
        TokenCorpus corpus,
        WordVocabulary vocabulary,
        int window,
        bool byDistance,
        IProgress<WordTrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        var (last, length, done) = (new int[window], 0L, 0L);
        foreach (var chunk in corpus.Chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var token in corpus.Of(chunk))
            {
                if (token == TokenCorpus.EndOfLine)
                {
                    length = 0;
                }
                else if (vocabulary.Rows[token] is >= 0 and var row)
                {
                    Add(row, last, length, byDistance);
                    last[length++ % window] = row;
                }
            }

            progress?.Report(new WordTrainingProgress("words counted", done += chunk.Words, corpus.Tokens));
        }
    }

    /// <summary>All pairs in ascending order, each once.</summary>
    public IEnumerable<Cooccurrence> Merged()
    {
        var next = new PriorityQueue<IEnumerator<Cooccurrence>, ulong>();
        foreach (var run in _runs.Select(Read).Append(Sorted()))
        {
            Advance(next, run.GetEnumerator());
        }

        Cooccurrence? sum = null;
        while (next.TryDequeue(out var run, out _))
        {
            var pair = run.Current;
            Advance(next, run);
            if (sum is { } before && before.Pair != pair.Pair)
            {
                yield return before;
                sum = pair;
            }
            else
            {
                sum = pair with { Weight = pair.Weight + (sum?.Weight ?? 0) };
            }
        }

        if (sum is { } rest)
        {
            yield return rest;
        }
    }

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    private void Add(int row, int[] last, long length, bool byDistance)
    {
        for (var distance = 1; distance <= Math.Min(length, last.Length); distance++)
        {
            var neighbor = last[(length - distance) % last.Length];
            var weight = byDistance ? 1.0 / distance : 1;
            Add(row, neighbor, weight);
            Add(neighbor, row, weight);
        }
    }

    private void Add(int word, int neighbor, double weight)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_pairs, ((ulong)(uint)word << 32) | (uint)neighbor, out _) += weight;
        if (_pairs.Count >= _most)
        {
            Spill();
        }
    }

    private void Spill()
    {
        var run = TemporaryFile.Open();
        _runs.Add(run);
        foreach (var pair in Sorted())
        {
            run.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Cooccurrence>(in pair)));
        }

        run.Flush();
        _pairs.Clear();
    }

    private IEnumerable<Cooccurrence> Sorted() => _pairs.Select(pair => new Cooccurrence(pair.Key, pair.Value)).OrderBy(pair => pair.Pair);

    private static IEnumerable<Cooccurrence> Read(FileStream run)
    {
        const int AtOnce = 4096;
        var (buffer, position) = (new Cooccurrence[AtOnce], 0L);
        while (RandomAccess.Read(run.SafeFileHandle, MemoryMarshal.AsBytes(buffer.AsSpan()), position) is > 0 and var read)
        {
            position += read;
            foreach (var pair in buffer[..(read / Marshal.SizeOf<Cooccurrence>())])
            {
                yield return pair;
            }
        }
    }

    private static void Advance(PriorityQueue<IEnumerator<Cooccurrence>, ulong> next, IEnumerator<Cooccurrence> run)
    {
        if (run.MoveNext())
        {
            next.Enqueue(run, run.Current.Pair);
        }
    }
}

/// <summary>A temporary file that is deleted when it is closed.</summary>
internal static class TemporaryFile
{
    public static FileStream Open() => new(Path.Combine(Path.GetTempPath(), $"simile-words-{Guid.NewGuid():N}"), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.DeleteOnClose,
        BufferSize = 1 << 20,
    });
}

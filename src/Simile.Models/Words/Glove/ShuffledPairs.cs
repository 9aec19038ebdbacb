using System.Runtime.InteropServices;

namespace Simile.Models.Words;

/// <summary>
/// Pairs in random order. If they do not fit in memory, they are distributed at random over temporary files; each file fits in memory and
/// is shuffled when it is read.
/// </summary>
/// <remarks>Dispose it to delete the files.</remarks>
internal sealed class ShuffledPairs : IDisposable
{
    private readonly List<FileStream> _files = [];
    private readonly Cooccurrence[]? _inMemory;
    private readonly int _seed;

    /// <param name="pairs">All pairs.</param>
    /// <param name="most">Maximum number of pairs in memory.</param>
    /// <param name="seed">The same seed gives the same order.</param>
    public ShuffledPairs(IEnumerable<Cooccurrence> pairs, int most, int seed)
    {
        _seed = seed;
        var (first, random) = (new List<Cooccurrence>(), TrainingRandom.For(seed, -1));
        using var rest = pairs.GetEnumerator();
        while (first.Count < most && rest.MoveNext())
        {
            first.Add(rest.Current);
        }

        Count = first.Count;
        if (first.Count < most)
        {
            _inMemory = [.. first];
            return;
        }

        Deal(first, rest, most, ref random);
    }

    /// <summary>Number of pairs.</summary>
    public long Count { get; private set; }

    /// <summary>Number of parts; together they hold all pairs.</summary>
    public int Parts => _inMemory is null ? _files.Count : 1;

    /// <summary>Returns a part, shuffled differently in each epoch.</summary>
    public Cooccurrence[] Part(int part, int epoch)
    {
        // Always shuffle the original order, so the result does not depend on previous epochs.
        var pairs = _inMemory is null ? Read(_files[part]) : [.. _inMemory];
        var random = TrainingRandom.For(_seed, ((long)epoch << 32) | (uint)part);
        for (var i = pairs.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (pairs[i], pairs[j]) = (pairs[j], pairs[i]);
        }

        return pairs;
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    // Adds a file when the average file is full, so no file grows much larger than the memory limit.
    private void Deal(List<Cooccurrence> first, IEnumerator<Cooccurrence> rest, int most, ref TrainingRandom random)
    {
        const int Files = 16;
        for (var i = 0; i < Files; i++)
        {
            _files.Add(TemporaryFile.Open());
        }

        foreach (var pair in first)
        {
            Write(pair, ref random);
        }

        for (; rest.MoveNext(); Count++)
        {
            if (Count >= (long)most * _files.Count)
            {
                _files.AddRange(Enumerable.Range(0, Files).Select(_ => TemporaryFile.Open()));
            }

            Write(rest.Current, ref random);
        }

        _files.ForEach(file => file.Flush());
    }

    private void Write(Cooccurrence pair, ref TrainingRandom random) =>
        _files[random.Next(_files.Count)].Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Cooccurrence>(in pair)));

    private static Cooccurrence[] Read(FileStream file)
    {
        var pairs = new Cooccurrence[file.Length / Marshal.SizeOf<Cooccurrence>()];
        var (bytes, at) = (pairs.Length * (long)Marshal.SizeOf<Cooccurrence>(), 0L);
        while (at < bytes)
        {
            at += RandomAccess.Read(
                file.SafeFileHandle,
                MemoryMarshal.AsBytes(pairs.AsSpan((int)(at / Marshal.SizeOf<Cooccurrence>())))[
                    (int)(at % Marshal.SizeOf<Cooccurrence>())..],
                at);
        }

        return pairs;
    }
}

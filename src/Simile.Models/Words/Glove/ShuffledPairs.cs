using System.Runtime.InteropServices;

namespace Simile.Models.Words;

/// <summary>Pairs in an order of chance: in memory where they fit, else dealt out to files that fit, each shuffled when it is read.</summary>
/// <remarks>Dispose it to delete the files.</remarks>
internal sealed class ShuffledPairs : IDisposable
{
    private readonly List<FileStream> _files = [];
    private readonly Cooccurrence[]? _inMemory;
    private readonly int _seed;

    /// <param name="pairs">All pairs.</param>
    /// <param name="most">Pairs that may be in memory at once.</param>
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

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Parts that make up all pairs.</summary>
    public int Parts => _inMemory is null ? _files.Count : 1;

    /// <summary>A part, in another order for each epoch.</summary>
    public Cooccurrence[] Part(int part, int epoch)
    {
        // From the same order each time: an epoch does not depend on those before it.
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

    // A new file is begun whenever all are full on average, so that none grows far above what fits.
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

    private void Write(Cooccurrence pair, ref TrainingRandom random) => _files[random.Next(_files.Count)].Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Cooccurrence>(in pair)));

    private static Cooccurrence[] Read(FileStream file)
    {
        var pairs = new Cooccurrence[file.Length / Marshal.SizeOf<Cooccurrence>()];
        var (bytes, at) = (pairs.Length * (long)Marshal.SizeOf<Cooccurrence>(), 0L);
        while (at < bytes)
        {
            at += RandomAccess.Read(file.SafeFileHandle, MemoryMarshal.AsBytes(pairs.AsSpan((int)(at / Marshal.SizeOf<Cooccurrence>())))[(int)(at % Marshal.SizeOf<Cooccurrence>())..], at);
        }

        return pairs;
    }
}

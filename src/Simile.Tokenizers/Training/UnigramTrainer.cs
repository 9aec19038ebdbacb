namespace Simile.Tokenizers.Training;

/// <summary>
/// Trains Unigram vocabularies: starts with too many pieces, fits them by expectation maximization, and prunes the least useful ones.
/// </summary>
/// <remarks>
/// Kudo, "Subword Regularization" (2018), with details of SentencePiece's trainer: the digamma function instead of the logarithm, pieces
/// with an expected count below one half are dropped, and the loss of a piece is estimated from its second-best segmentation. The work is
/// split into a fixed number of parts, so that sums are the same on any number of cores.
/// </remarks>
internal sealed class UnigramTrainer
{
    private const int Parts = 8;
    private const double LeastExpected = 0.5;
    private const double Reserve = 1.1;
    private readonly TrainingOptions _options;
    private readonly string[] _specials;
    private readonly string[] _alphabet;
    private readonly WordCounts _words;

    public UnigramTrainer(WordCounts words, TrainingOptions options)
    {
        _options = options;
        _specials = options.AllSpecialTokens();
        _alphabet = words.Alphabet(Math.Min(options.AlphabetLimit, (options.VocabularySize - _specials.Length) / 2));
        _words = Restrict(words, _alphabet);
    }

    /// <summary>Special tokens, then pieces, best first.</summary>
    public List<ScoredText> Train(IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        var pieces = UnigramSeeds.Find(_words, _options.MaxPieceLength ?? 16, _options.SeedSize, _options.MinFrequency);
        var wanted = (int)((_options.VocabularySize - _specials.Length) * Reserve);
        while (true)
        {
            for (var i = 0; i < _options.Subiterations; i++)
            {
                stop.ThrowIfCancellationRequested();
                pieces = Fit(pieces, stop);
            }

            // Progress follows the number of remaining pieces, which falls by a quarter each time.
            progress?.Report(new TrainingProgress("pieces", wanted, Math.Max(wanted, pieces.Count)));
            if (pieces.Count <= wanted)
            {
                return Finish(pieces);
            }

            pieces = Prune(pieces, Math.Max(wanted, (int)(pieces.Count * _options.ShrinkingFactor)), stop);
        }
    }

    // Words are split at characters that are too rare for the alphabet; those will be unknown.
    private static WordCounts Restrict(WordCounts words, string[] alphabet)
    {
        var known = alphabet.Select(text => char.ConvertToUtf32(text, 0)).ToHashSet();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            var (from, at) = (0, 0);
            foreach (var rune in words.Words[i].EnumerateRunes())
            {
                at += rune.Utf16SequenceLength;
                if (!known.Contains(rune.Value) || rune.Value == 0)
                {
                    Keep(words.Words[i][from..(at - rune.Utf16SequenceLength)], words.Counts[i]);
                    from = at;
                }
            }

            Keep(words.Words[i][from..], words.Counts[i]);
        }

        return new WordCounts([.. counts.Keys], [.. counts.Values]);

        void Keep(string part, long count)
        {
            if (part.Length > 0)
            {
                counts[part] = counts.GetValueOrDefault(part) + count;
            }
        }
    }

    private List<ScoredText> Fit(List<ScoredText> pieces, CancellationToken stop)
    {
        var lattice = new UnigramLattice(pieces);
        var expected = Sum(pieces.Count, (word, count, sums, edges, _) => lattice.AddExpected(word, count, sums, edges), stop);
        var sum = expected.Where(value => value >= LeastExpected).Sum();
        var logSum = Digamma(sum);
        var fitted = new List<ScoredText>(pieces.Count);
        for (var i = 0; i < pieces.Count; i++)
        {
            if (expected[i] >= LeastExpected)
            {
                fitted.Add(pieces[i] with { Score = Digamma(expected[i]) - logSum });
            }
        }

        return fitted;
    }

    private List<ScoredText> Prune(List<ScoredText> pieces, int size, CancellationToken stop)
    {
        var lattice = new UnigramLattice(pieces);
        var counts = Sum(pieces.Count, (word, count, sums, edges, best) =>
        {
            lattice.FindBest(word, -2, edges, best);
            foreach (var id in best)
            {
                if (id >= 0)
                {
                    sums[id] += count;
                }
            }
        }, stop);
        var losses = new double[pieces.Count];
        var sum = counts.Sum();
        Parallel.For(
            0,
            pieces.Count,
            () => (Edges: new List<UnigramLattice.Edge>(), Best: new List<int>()),
            (id, _, buffers) =>
            {
                losses[id] = Loss(lattice, pieces[id].Text, id, counts, sum, buffers.Edges, buffers.Best);
                return buffers;
            },
            _ => { });
        var kept = Enumerable.Range(0, pieces.Count).Where(id => losses[id] >= 0).OrderByDescending(id => losses[id]).ThenBy(id => id)
            .Take(size).Order();
        return [.. kept.Select(id => pieces[id])];
    }

    /// <summary>The loss of likelihood without a piece; -1 for one in no best segmentation, infinite for one that must stay.</summary>
    private static double Loss(
        UnigramLattice lattice, string text, int id, double[] counts, double sum, List<UnigramLattice.Edge> edges, List<int> best)
    {
        if (UnigramSeeds.IsOneCharacter(text))
        {
            return double.PositiveInfinity;
        }

        lattice.FindBest(text, -2, edges, best);
        if (best is not [var whole] || whole != id)
        {
            return counts[id] == 0 ? -1 : double.PositiveInfinity;
        }

        if (counts[id] == 0)
        {
            return -1;
        }

        lattice.FindBest(text, id, edges, best);
        if (best.Contains(-1))
        {
            return double.PositiveInfinity;
        }

        var logSumWithout = Math.Log(sum + (counts[id] * (best.Count - 1)));
        var without = best.Sum(part => Math.Log(counts[part] + counts[id]) - logSumWithout);
        return Math.Max(0, counts[id] / sum * (Math.Log(counts[id]) - Math.Log(sum) - without));
    }

    // Every character of the alphabet stays, then the most probable pieces.
    private List<ScoredText> Finish(List<ScoredText> pieces)
    {
        var scores = pieces.ToDictionary(piece => piece.Text, piece => piece.Score, StringComparer.Ordinal);
        var least = pieces.Count == 0 ? 0 : pieces.Min(piece => piece.Score);
        var chosen = _alphabet.Select(text => new ScoredText(text, scores.GetValueOrDefault(text, least))).ToList();
        var others =
            pieces.Where(piece => !UnigramSeeds.IsOneCharacter(piece.Text) && !_specials.Contains(piece.Text, StringComparer.Ordinal));
        chosen.AddRange(others.OrderByDescending(piece => piece.Score).ThenBy(piece => piece.Text, StringComparer.Ordinal)
            .Take(_options.VocabularySize - _specials.Length - chosen.Count));
        return
        [
            .. _specials.Select(special => new ScoredText(special, 0)),
            .. chosen.Where(piece => !_specials.Contains(piece.Text, StringComparer.Ordinal)).OrderByDescending(piece => piece.Score)
                .ThenBy(piece => piece.Text, StringComparer.Ordinal),
        ];
    }

    private double[] Sum(int length, Action<string, long, double[], List<UnigramLattice.Edge>, List<int>> add, CancellationToken stop)
    {
        var sums = new double[Parts][];
        Parallel.For(0, Parts, new ParallelOptions { CancellationToken = stop }, part =>
        {
            var (edges, best, own) = (new List<UnigramLattice.Edge>(), new List<int>(), new double[length]);
            var end = (int)((part + 1L) * _words.Count / Parts);
            for (var i = (int)((long)part * _words.Count / Parts); i < end; i++)
            {
                add(_words.Words[i], _words.Counts[i], own, edges, best);
            }

            sums[part] = own;
        });
        return [.. Enumerable.Range(0, length).Select(i => sums.Sum(own => own[i]))];
    }

    // Bernardo, "Algorithm AS 103" (1976): upward recurrence, then the asymptotic series.
    private static double Digamma(double x)
    {
        var result = 0.0;
        for (; x < 7; x++)
        {
            result -= 1 / x;
        }

        x -= 0.5;
        var inverse = 1 / (x * x);
        return result + Math.Log(x)
            + (inverse * ((1.0 / 24) + (inverse * ((-7.0 / 960) + (inverse * ((31.0 / 8064) - (inverse * 127 / 30720)))))));
    }
}

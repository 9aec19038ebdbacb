using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Training;

/// <summary>Trains BPE and WordPiece vocabularies: repeatedly merges the most frequent adjacent pair into one token.</summary>
/// <remarks>
/// Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units" (2016). Of equally frequent pairs the one with
/// the smaller ids is merged, as in the Rust library. WordPiece is trained the same way, also as there: letters inside a word start with
/// ##. A pair that reappears after it was merged is merged again, but counted and listed once.
/// </remarks>
internal sealed class PairTrainer
{
    private const string Continuation = "##";
    private readonly TrainingOptions _options;
    private readonly WordCounts _words;
    private readonly string _prefix;
    private readonly List<string> _tokens = [];
    private readonly List<int> _lengths = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<(int Left, int Right)> _merges = [];

    public PairTrainer(WordCounts words, TrainingOptions options)
    {
        (_words, _options) = (words, options);
        _prefix = options.Kind == TokenizerKind.WordPiece ? Continuation : string.Empty;
    }

    /// <summary>Tokens by id: special tokens, letters, then one for each merge.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The merges in order, as ids.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges => _merges;

    public void Train(IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        foreach (var token in _options.AllSpecialTokens())
        {
            Add(token, int.MaxValue / 2);
        }

        AddLetters();
        var pairs = new PairTable(Symbols(), _words.Counts, _lengths, _options.MaxPieceLength ?? int.MaxValue / 2);
        while (_tokens.Count < _options.VocabularySize && pairs.TryTake(_options.MinFrequency, out var left, out var right))
        {
            if (_merges.Count % 64 == 0)
            {
                stop.ThrowIfCancellationRequested();
                progress?.Report(new TrainingProgress("merges", _tokens.Count, _options.VocabularySize));
            }

            var count = _tokens.Count;
            var joined = Add(
                _tokens[left] + _tokens[right][(_tokens[right].StartsWith(_prefix, StringComparison.Ordinal) ? _prefix.Length : 0)..],
                _lengths[left] + _lengths[right]);
            if (pairs.Merge(left, right, joined))
            {
                _merges.Add((left, right));
            }
        }
    }

    private void AddLetters()
    {
        var letters = _options.Kind == TokenizerKind.Bpe
            ? [.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToLetter((byte)value)).Order().Select(letter => letter.ToString())]
            : _words.Alphabet(Math.Min(_options.AlphabetLimit, (_options.VocabularySize - _tokens.Count) / 2));
        foreach (var letter in letters)
        {
            Add(letter, 1);
        }

        if (_prefix.Length > 0)
        {
            var known = letters.ToHashSet(StringComparer.Ordinal);
            var inside = _words.Words.SelectMany(word => word.EnumerateRunes().Skip(1)).Distinct().Order();
            foreach (var letter in inside.Select(rune => rune.ToString()).Where(known.Contains))
            {
                Add(_prefix + letter, 1);
            }
        }
    }

    // Letters outside the alphabet are -1, which forms no pairs.
    private int[][] Symbols()
    {
        var symbols = new int[_words.Count][];
        Parallel.For(0, symbols.Length, i =>
        {
            var word = _words.Words[i];
            var ids = new List<int>(word.Length);
            foreach (var rune in word.EnumerateRunes())
            {
                ids.Add(_ids.GetValueOrDefault((ids.Count > 0 ? _prefix : string.Empty) + rune, -1));
            }

            symbols[i] = [.. ids];
        });
        return symbols;
    }

    private int Add(string token, int length)
    {
        if (_ids.TryGetValue(token, out var id))
        {
            return id;
        }

        _ids.Add(token, _tokens.Count);
        _tokens.Add(token);
        _lengths.Add(length);
        return _tokens.Count - 1;
    }
}

using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>
/// Byte pair encoding (Sennrich et al. 2016): characters are merged pair by pair, in the order in which the pairs were learned.
/// </summary>
internal sealed partial class BpeModel : Model
{
    private readonly Vocabulary _vocabulary;
    private readonly int _continuation;
    private readonly int[] _byteIds;
    private readonly BigramCuts? _cuts;

    /// <param name="vocabulary">Tokens by id.</param>
    /// <param name="merges">The pairs to merge, in order.</param>
    /// <param name="options">How characters are handled.</param>
    public BpeModel(Vocabulary vocabulary, MergeTable merges, BpeOptions options)
    {
        _vocabulary = vocabulary;
        Merges = merges;
        Options = options;
        UnknownId = options.Unknown is null ? -1 : vocabulary.Find(options.Unknown);
        _continuation = vocabulary.Trie.Walk(PieceTrie.Root, options.Prefix);
        _byteIds = [.. Enumerable.Range(0, 256).Select(value => options.ByteFallback ? vocabulary.Find($"<0x{value:X2}>") : -1)];
        _cuts = options is { Prefix: "", Suffix: "", WholeWords: false } && (options.Unknown is not null || !_byteIds.Contains(-1))
            ? new BigramCuts(vocabulary)
            : null;
    }

    /// <summary>The pairs to merge.</summary>
    public MergeTable Merges { get; }

    /// <summary>The tokens as a trie.</summary>
    public PieceTrie Trie => _vocabulary.Trie;

    /// <summary>How characters are handled.</summary>
    public BpeOptions Options { get; }

    /// <summary>Whether long pieces may be cut where no token crosses, and words be cached. False forces the slow twin.</summary>
    public bool IsFast { get; set; } = true;

    public override int VocabularySize => _vocabulary.Size;

    public override int UnknownId { get; }

    public override int TokenToId(ReadOnlySpan<char> token) => _vocabulary.Find(token);

    public override string? IdToToken(int id) => _vocabulary.Token(id);

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var source = new TextSource(text);
        var words = WordCache.Of(work);
        for (int from = start, to; from < end && !work.IsFull; from = to)
        {
            to = IsFast && _cuts is not null ? _cuts.Next(source.Chars[..end], from) : end;
            TokenizeWord(source, from, to, words, work);
        }
    }

    private void TokenizeWord(TextSource text, int start, int end, WordCache words, Workspace work)
    {
        var length = end - start;
        if (!IsFast || length > WordCache.MaxLength)
        {
            Encode(text.Chars[start..end], words.Symbols);
            work.AddWord(words.Symbols.Ids, words.Symbols.Lengths, text, start, end);
            return;
        }

        var key = WordCache.Key(text.Chars, start, length);
        ref var entry = ref words.PlaceOf(key);
        if (!entry.Is(key, length))
        {
            Encode(text.Chars[start..end], words.Symbols);
            if (!entry.TrySet(key, length, words.Symbols))
            {
                work.AddWord(words.Symbols.Ids, words.Symbols.Lengths, text, start, end);
                return;
            }
        }

        entry.AddTo(work, text, start, end);
    }
}

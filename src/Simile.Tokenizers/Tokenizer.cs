using System.Collections.Concurrent;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

/// <summary>Text to token ids and back, as the tokenizer file says.</summary>
/// <remarks>
/// Immutable and safe for concurrent use; buffers of finished calls are kept for the next ones.
/// Offsets are UTF-16 units. Half a surrogate pair that stands alone counts as U+FFFD; no text throws.
/// </remarks>
public sealed partial class Tokenizer
{
    private readonly Pipeline _pipeline;
    private readonly ConcurrentBag<Workspace> _spare;
    private Workspace? _first;

    internal Tokenizer(Pipeline pipeline)
        : this(pipeline, [], null, null)
    {
    }

    private Tokenizer(Pipeline pipeline, ConcurrentBag<Workspace> spare, Truncation? truncation, Padding? padding)
    {
        _pipeline = pipeline;
        _spare = spare;
        Truncation = truncation;
        Padding = padding;
        Special = SpecialTokens.Find(this);
    }

    /// <summary>The truncation in force; none after <see cref="Load"/>.</summary>
    public Truncation? Truncation { get; }

    /// <summary>The padding in force; none after <see cref="Load"/>.</summary>
    public Padding? Padding { get; }

    /// <summary>The truncation that the file carries. It is not in force: embedders cut and fill by themselves; see <see cref="With(Truncation?, Padding?)"/>.</summary>
    public Truncation? EmbeddedTruncation => _pipeline.Truncation;

    /// <summary>The padding that the file carries. It is not in force; see <see cref="With(Truncation?, Padding?)"/>.</summary>
    public Padding? EmbeddedPadding => _pipeline.Padding;

    /// <summary>The ids of special tokens by their role.</summary>
    public SpecialTokens Special { get; }

    /// <summary>Number of ids, added tokens included: one more than the greatest.</summary>
    public int VocabularySize => Math.Max(_pipeline.Model.VocabularySize, _pipeline.Added.Size);

    /// <summary>The added tokens of the file.</summary>
    public IReadOnlyCollection<AddedToken> AddedTokens => _pipeline.Added.Tokens;

    internal Pipeline Pipeline => _pipeline;

    /// <summary>Loads a tokenizer.</summary>
    /// <param name="path">
    /// A model folder, a tokenizer.json, a vocab.txt or a SentencePiece .model file. Of a folder the first of tokenizer.json,
    /// vocab.txt (with tokenizer_config.json) and sentencepiece.model, tokenizer.model or spiece.model is taken.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or the folder holds no tokenizer.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or not what its name says.</exception>
    /// <exception cref="NotSupportedException">The file names a component that is not built yet.</exception>
    public static Tokenizer Load(string path) => new(TokenizerFiles.Read(path));

    /// <summary>A tokenizer of a SentencePiece model that is in memory (an embedded resource): nothing is copied, so the bytes must stay as they are.</summary>
    /// <param name="model">What a .model file holds.</param>
    /// <param name="addBegin">Whether special tokens put the model's &lt;s&gt; before a text.</param>
    /// <param name="addEnd">Whether special tokens put the model's &lt;/s&gt; behind a text.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a model.</exception>
    /// <exception cref="NotSupportedException">The model is of a type that is not built yet.</exception>
    public static Tokenizer LoadSentencePiece(ReadOnlyMemory<byte> model, bool addBegin = true, bool addEnd = false) =>
        new(SentencePieceFile.Read(model, addBegin, addEnd));

    /// <summary>The same tokenizer with another truncation and padding in force; null for none. It shares everything else.</summary>
    /// <exception cref="ArgumentException">A length or stride cannot work.</exception>
    public Tokenizer With(Truncation? truncation, Padding? padding)
    {
        truncation?.Validate(_pipeline.PostProcessor.AddedTokens(pair: false));
        padding?.Validate();
        return new Tokenizer(_pipeline, _spare, truncation, padding);
    }

    /// <summary>The id of a token as the vocabulary or the added tokens spell it; null when there is none.</summary>
    public int? TokenToId(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var id = _pipeline.Added.Find(token);
        id = id >= 0 ? id : _pipeline.Model.TokenToId(token);
        return id >= 0 ? id : null;
    }

    /// <summary>The token of an id; null when there is none.</summary>
    public string? IdToToken(int id) => _pipeline.Added.Content(id) ?? _pipeline.Model.IdToToken(id);

    /// <summary>A text as the normalizer of the file leaves it; added tokens are text here.</summary>
    public string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var loaded = new AlignedText();
        loaded.Load(text, 0, tracks: false);
        _pipeline.Normalizer?.Normalize(loaded);
        return loaded.Chars.ToString();
    }

    private Workspace Rent() => Interlocked.Exchange(ref _first, null) ?? (_spare.TryTake(out var work) ? work : new Workspace());

    private void Return(Workspace work)
    {
        work.Release();
        if (work.IsTooLarge)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref _first, work, null) is not null)
        {
            _spare.Add(work);
        }
    }
}

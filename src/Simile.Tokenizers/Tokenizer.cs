using System.Collections.Concurrent;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

/// <summary>Converts text to token ids and back, exactly as the tokenizer file describes.</summary>
/// <remarks>
/// Immutable and thread-safe. Buffers are reused between calls.
/// Offsets are in UTF-16 units. An unpaired surrogate counts as U+FFFD; no text throws.
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

    /// <summary>The active truncation. None after <see cref="Load"/>.</summary>
    public Truncation? Truncation { get; }

    /// <summary>The active padding. None after <see cref="Load"/>.</summary>
    public Padding? Padding { get; }

    /// <summary>
    /// The truncation of the file. It is not active, because embedders truncate and pad themselves. See
    /// <see cref="With(Truncation?, Padding?)"/>.
    /// </summary>
    public Truncation? EmbeddedTruncation => _pipeline.Truncation;

    /// <summary>The padding of the file. It is not active. See <see cref="With(Truncation?, Padding?)"/>.</summary>
    public Padding? EmbeddedPadding => _pipeline.Padding;

    /// <summary>The ids of special tokens by their role.</summary>
    public SpecialTokens Special { get; }

    /// <summary>Number of ids including added tokens: one more than the largest id.</summary>
    public int VocabularySize => Math.Max(_pipeline.Model.VocabularySize, _pipeline.Added.Size);

    /// <summary>The added tokens of the file.</summary>
    public IReadOnlyCollection<AddedToken> AddedTokens => _pipeline.Added.Tokens;

    internal Pipeline Pipeline => _pipeline;

    /// <summary>Reads a tokenizer from the files of a model.</summary>
    /// <param name="path">
    /// A model folder, a tokenizer.json, a vocab.txt or a SentencePiece .model file. In a folder, the first of tokenizer.json,
    /// vocab.txt (with tokenizer_config.json), sentencepiece.model, tokenizer.model or spiece.model is used.
    /// </param>
    /// <exception cref="FileNotFoundException">The file or folder does not exist, or the folder holds no tokenizer.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or is not what its name says.</exception>
    /// <exception cref="NotSupportedException">The file names a component that is not supported.</exception>
    public static Tokenizer Load(string path) => new(TokenizerFiles.Read(path));

    /// <summary>
    /// Creates a tokenizer from a SentencePiece model in memory (an embedded resource). The bytes are not copied, so they must not change.
    /// </summary>
    /// <param name="model">The content of a .model file.</param>
    /// <param name="addBegin">Whether the model's &lt;s&gt; is added before a text.</param>
    /// <param name="addEnd">Whether the model's &lt;/s&gt; is added after a text.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a model.</exception>
    /// <exception cref="NotSupportedException">The model has an unsupported type.</exception>
    public static Tokenizer LoadSentencePiece(ReadOnlyMemory<byte> model, bool addBegin = true, bool addEnd = false) =>
        new(SentencePieceFile.Read(model, addBegin, addEnd));

    /// <summary>The same tokenizer with other active truncation and padding; null for none. All other state is shared.</summary>
    /// <exception cref="ArgumentException">A length or stride is invalid.</exception>
    public Tokenizer With(Truncation? truncation, Padding? padding)
    {
        truncation?.Validate(_pipeline.PostProcessor.AddedTokens(pair: false));
        padding?.Validate();
        return new Tokenizer(_pipeline, _spare, truncation, padding);
    }

    /// <summary>The id of a token of the vocabulary or the added tokens; null if it does not exist.</summary>
    public int? TokenToId(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        var id = _pipeline.Added.Find(token);
        id = id >= 0 ? id : _pipeline.Model.TokenToId(token);
        return id >= 0 ? id : null;
    }

    /// <summary>The token of an id; null if it does not exist.</summary>
    public string? IdToToken(int id) => _pipeline.Added.Content(id) ?? _pipeline.Model.IdToToken(id);

    /// <summary>The text after the normalizer of the file. Added tokens are treated as plain text.</summary>
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

using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Scanners;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

/// <summary>The components of a tokenizer, named as in its file. Immutable.</summary>
internal sealed class Pipeline
{
    public required Model Model { get; init; }

    public Normalizer? Normalizer { get; init; }

    public PreTokenizer[] PreTokenizers { get; init; } = [];

    public PostProcessor PostProcessor { get; init; } = PostProcessor.None;

    /// <summary>The decoders in order; null joins tokens with spaces.</summary>
    public DecoderLink[]? Decoders { get; init; }

    /// <summary>
    /// Decodes ids directly if tokens are not enough (SentencePiece). The argument tells whether special tokens are skipped.
    /// </summary>
    public Func<bool, TokenSink, IdDecoder>? PieceDecoder { get; init; }

    public AddedVocabulary Added { get; init; } = new([], null);

    /// <summary>Whether tokens spell bytes (<see cref="Unicode.ByteAlphabet"/>).</summary>
    public bool HasByteTokens { get; init; }

    /// <summary>Whether decoding refuses ids without a token (tiktoken). Otherwise they are skipped.</summary>
    public bool RefusesUnknownIds { get; init; }

    public Truncation? Truncation { get; init; }

    public Padding? Padding { get; init; }

    /// <summary>The fast path if the components allow it; null forces the slow twin.</summary>
    public Scanner? Scanner { get; set; }

    // A normalizer may remove or move the start, and later pieces may share its position.
    private bool NeedsOrigins { get; set; }

    /// <summary>This pipeline with the fast path if its components allow it.</summary>
    public Pipeline WithScanner()
    {
        Scanner = Scanner.TryCreate(this);
        NeedsOrigins = PreTokenizers.Skip(Normalizer is null ? 1 : 0).Any(step => step is Metaspace { Scheme: PrependScheme.First });
        return this;
    }

    /// <summary>Starts decoding. The text goes to <paramref name="text"/>.</summary>
    public IdDecoder StartDecoding(bool skipSpecialTokens, TokenSink text) => PieceDecoder is not null
        ? PieceDecoder(skipSpecialTokens, text)
        : new TokenDecoder(
            this,
            skipSpecialTokens,
            Decoders is null ? new JoinDecoder(text) : Decoders.Reverse().Aggregate(text, (next, link) => link(next)));

    /// <summary>The added tokens that are searched in texts: all, unless a policy excludes some.</summary>
    public AddedVocabulary Found { get => field ?? Added; private set; }

    /// <summary>Finds special tokens that are refused in texts; null if none are.</summary>
    public AddedVocabulary.Matcher? Refused { get; private set; }

    /// <summary>This pipeline with another policy for special tokens in texts.</summary>
    public Pipeline With(SpecialTokenPolicy policy)
    {
        var special = Added.Tokens.Where(token => token.Special).ToArray();
        var allowed = special.Where(token => policy.Allowed?.Contains(token.Content) ?? true).ToArray();
        var refused = special.Where(token => policy.Refused?.Contains(token.Content) ?? !allowed.Contains(token));
        var copy = (Pipeline)MemberwiseClone();
        copy.Found = new AddedVocabulary(Added.Tokens.Where(token => !token.Special || allowed.Contains(token)), Normalizer);
        copy.Refused = AddedVocabulary.Matcher.Create(refused.Select(token => (token.Content, new AddedToken(token.Content, token.Id))));
        return copy.WithScanner();
    }

    /// <summary>Appends the tokens of a text to the workspace.</summary>
    /// <exception cref="ArgumentException">The text contains a refused special token.</exception>
    public void Tokenize(ReadOnlySpan<char> text, Workspace work)
    {
        work.Expect(text.Length);
        if (Refused is not null && Refused.TryFind(text, 0, 0, out var refused, out _, out _, out _))
        {
            throw new ArgumentException(
                $"The text contains the special token {Files.JsonField.Shown(refused.Content)}: "
                + "allow it, or use SpecialTokenPolicy.AsText to encode it as plain text.");
        }

        var matcher = Found.Raw;
        var taken = 0;
        var from = 0;
        while (matcher is not null && matcher.TryFind(text, from, taken, out var token, out var start, out var end, out from))
        {
            if (start > taken)
            {
                TokenizeSegment(text[taken..start], taken, work);
            }

            work.Add(token, text[start..end], start, end);
            taken = end;
        }

        if (taken < text.Length)
        {
            TokenizeSegment(text[taken..], taken, work);
        }
    }

    private void TokenizeSegment(ReadOnlySpan<char> segment, int origin, Workspace work)
    {
        if (Scanner is not null)
        {
            Scanner.Tokenize(segment, origin, work);
            return;
        }

        work.Text.Load(segment, origin, work.WantsTokens || NeedsOrigins);
        TokenizeLoaded(work);
    }

    /// <summary>Normalizes, splits and tokenizes the content of <see cref="Workspace.Text"/>.</summary>
    public void TokenizeLoaded(Workspace work)
    {
        var text = work.Text;
        Normalizer?.Normalize(text);
        if (Found.Normalized is not { } matcher)
        {
            TokenizeNormalized(text, 0, work);
            return;
        }

        var taken = 0;
        var from = 0;
        while (matcher.TryFind(text.Chars, from, taken, out var token, out var start, out var end, out from))
        {
            if (start > taken)
            {
                work.Part.Load(text, taken, start);
                TokenizeNormalized(work.Part, 0, work);
            }

            work.Add(token, text.Chars[start..end], text.Start(start), text.End(end - 1));
            taken = end;
        }

        TokenizeNormalized(text, taken, work);
    }

    private void TokenizeNormalized(AlignedText text, int start, Workspace work)
    {
        if (start >= text.Length)
        {
            return;
        }

        work.Pieces.Clear();
        work.NewPieces.Clear();
        work.Pieces.Add((start, text.Length));
        foreach (var preTokenizer in PreTokenizers)
        {
            preTokenizer.Split(text, work);
        }

        foreach (var (pieceStart, pieceEnd) in work.Pieces)
        {
            Model.Tokenize(text, pieceStart, pieceEnd, work);
            if (work.IsFull)
            {
                return;
            }
        }
    }
}

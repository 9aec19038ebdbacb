using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

/// <summary>The parts of a tokenizer, as its file names them. Immutable.</summary>
internal sealed class Pipeline
{
    public required Model Model { get; init; }

    public Normalizer? Normalizer { get; init; }

    public PreTokenizer[] PreTokenizers { get; init; } = [];

    public PostProcessor PostProcessor { get; init; } = PostProcessor.None;

    /// <summary>Decoders one after another; null joins tokens with spaces.</summary>
    public DecoderLink[]? Decoders { get; init; }

    /// <summary>Decodes ids by itself, where tokens alone do not say enough (SentencePiece).</summary>
    public Func<TokenSink, IdDecoder>? PieceDecoder { get; init; }

    public AddedVocabulary Added { get; init; } = new([], null);

    public Truncation? Truncation { get; init; }

    public Padding? Padding { get; init; }

    /// <summary>The fast way for plain ASCII, where the parts are BERT's; null forces the long way.</summary>
    public BertScanner? Scanner { get; set; }

    /// <summary>This pipeline, with the fast way where its parts allow it.</summary>
    public Pipeline WithScanner()
    {
        Scanner = BertScanner.TryCreate(this);
        return this;
    }

    /// <summary>Begins a way back whose text goes to <paramref name="text"/>.</summary>
    public IdDecoder StartDecoding(bool skipSpecialTokens, TokenSink text) => PieceDecoder is not null
        ? PieceDecoder(text)
        : new TokenDecoder(this, skipSpecialTokens, Decoders is null ? new JoinDecoder(text) : Decoders.Reverse().Aggregate(text, (next, link) => link(next)));

    /// <summary>Adds the tokens of a text to the workspace.</summary>
    public void Tokenize(ReadOnlySpan<char> text, Workspace work)
    {
        var matcher = Added.Raw;
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

        work.Text.Load(segment, origin, work.WantsTokens);
        TokenizeLoaded(work);
    }

    /// <summary>Normalises, cuts and tokenises what <see cref="Workspace.Text"/> holds.</summary>
    public void TokenizeLoaded(Workspace work)
    {
        var text = work.Text;
        Normalizer?.Normalize(text);
        if (Added.Normalized is not { } matcher)
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

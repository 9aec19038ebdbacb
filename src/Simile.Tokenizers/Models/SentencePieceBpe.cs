using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>
/// SentencePiece's byte pair encoding: of all adjacent symbols whose concatenation is a piece, the pair with the best score merges first;
/// of equal ones the leftmost.
/// </summary>
/// <remarks>
/// The merges are derived at loading: every split of a piece into two pieces or single characters. User-defined symbols never merge.
/// If a vocabulary has unused pieces, they are merged and split again; the slow twin does that.
/// </remarks>
internal sealed partial class SentencePieceBpe : SentencePieceModel, IMarkedWords
{
    // Never merges. A user-defined symbol is negative too, but has its own number.
    private const int Unknown = int.MinValue;

    private readonly MergeTable _merges;
    private readonly bool _hasUnused;
    private readonly BigramCuts _cuts;

    // Characters that occur in pieces but are not pieces. They have ids after the vocabulary while they merge.
    private readonly Dictionary<int, int> _characters = [];

    /// <inheritdoc/>
    public SentencePieceBpe(ScoredPieces pieces, bool byteFallback)
        : base(pieces, byteFallback)
    {
        _hasUnused = pieces.Kinds.Contains(PieceKind.Unused);
        _merges = new MergeTable(pieces.Count);
        AddMerges();
        _cuts = new BigramCuts(Enumerable.Range(0, pieces.Count).Select(pieces.Text));
        HasSeparateWords = !_hasUnused && CutsAtMarks();
    }

    /// <summary>Whether texts may be cut where no piece crosses. False forces the slow twin.</summary>
    public bool IsFast { get; set; } = true;

    public bool HasSeparateWords { get; }

    float[]? IMarkedWords.Scores => null;

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var buffers = SentencePieceBuffers.Of(work);
        var unknown = -1;
        for (int from = start, to; from < end && !work.IsFull; from = to)
        {
            to = IsFast && !_hasUnused ? _cuts.Next(text.Chars[..end], from) : end;
            buffers.Pieces.Clear();
            Encode(text.Chars[from..to], buffers.Symbols, buffers.Pieces);
            Add(buffers.Pieces, text, from, ref unknown, work);
        }

        EndUnknown(text, end, ref unknown, work);
    }

    WordCache IMarkedWords.Words(Workspace work) => SentencePieceBuffers.Of(work).Words;

    WordMemory IMarkedWords.Encode(ReadOnlySpan<char> word, float sum, Workspace work)
    {
        var buffers = SentencePieceBuffers.Of(work);
        buffers.Words.Symbols.Clear();
        for (int from = 0, to; from < word.Length; from = to)
        {
            to = _cuts.Next(word, from);
            Encode(word[from..to], buffers.Symbols, buffers.Words.Symbols);
        }

        return WordMemory.Kept;
    }

    private void Encode(ReadOnlySpan<char> text, Symbols symbols, Symbols pieces)
    {
        if (!IsFast || _hasUnused)
        {
            EncodeSlowly(text, pieces);
            return;
        }

        AddCharacters(text, symbols);
        symbols.Merge(_merges);
        var at = 0;
        for (var i = 0; i < symbols.Count; i++)
        {
            var (id, length) = (symbols.Ids[i], symbols.Lengths[i]);
            Put(id == Unknown || id >= Pieces.Count ? UnknownId : id < 0 ? ~id : id, text.Slice(at, length), pieces);
            at += length;
        }
    }

    private void AddCharacters(ReadOnlySpan<char> text, Symbols symbols)
    {
        symbols.Clear();
        for (int i = 0, units; i < text.Length; i += units)
        {
            units = UserDefined is null ? 0 : UserDefined.Longest(text[i..], out var _);
            if (units > 0)
            {
                symbols.Add(~Trie.Find(text.Slice(i, units)), units);
                continue;
            }

            units = char.IsHighSurrogate(text[i]) ? 2 : 1;
            symbols.Add(FindCharacter(text.Slice(i, units)), units);
        }
    }

    private int FindCharacter(ReadOnlySpan<char> character)
    {
        var id = Trie.Find(character);
        return id >= 0 || _characters.Count == 0 ? (id >= 0 ? id : Unknown) : _characters.GetValueOrDefault(CodePoint(character), Unknown);
    }

    private static int CodePoint(ReadOnlySpan<char> character) =>
        character.Length == 1 ? character[0] : char.ConvertToUtf32(character[0], character[1]);

    private void AddMerges()
    {
        var ranks = Rank(Pieces.Scores);
        for (var id = 0; id < Pieces.Count; id++)
        {
            if (Pieces.Kinds[id] is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused
                && Pieces.Text(id) is var piece && Trie.Find(piece) == id)
            {
                AddCharactersOf(piece);
            }
        }

        for (var id = 0; id < Pieces.Count; id++)
        {
            if (Pieces.Kinds[id] is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused
                && Pieces.Text(id) is var piece && Trie.Find(piece) == id)
            {
                AddMergesOf(piece, ranks[id], id);
            }
        }
    }

    private void AddCharactersOf(string piece)
    {
        foreach (var rune in piece.EnumerateRunes())
        {
            if (Trie.Find(rune.ToString()) < 0)
            {
                _characters.TryAdd(rune.Value, Pieces.Count + _characters.Count);
            }
        }
    }

    private void AddMergesOf(ReadOnlySpan<char> piece, int rank, int id)
    {
        for (var i = 1; i < piece.Length; i++)
        {
            if (!char.IsLowSurrogate(piece[i]) && FindPart(piece[..i]) is >= 0 and var left && FindPart(piece[i..]) is >= 0 and var right)
            {
                _merges.Add(left, right, rank, id);
            }
        }
    }

    private int FindPart(ReadOnlySpan<char> part)
    {
        var isCharacter = part.Length == 1 || (part.Length == 2 && char.IsHighSurrogate(part[0]));
        return isCharacter ? FindCharacter(part) : Trie.Find(part);
    }

    // 0 for the best score. Equal scores have equal ranks, so that the leftmost pair wins.
    private static int[] Rank(ReadOnlySpan<float> scores)
    {
        var sorted = scores.ToArray();
        var ids = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, ids);
        var ranks = new int[sorted.Length];
        var rank = 0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            rank += i + 1 < sorted.Length && sorted[i] != sorted[i + 1] ? 1 : 0;
            ranks[ids[i]] = rank;
        }

        return ranks;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>The common base of SentencePiece's models: the vocabulary and the handling of unknown characters.</summary>
internal abstract class SentencePieceModel : Model
{
    // Control symbols, bytes and the unknown piece never match text.
    private readonly Dictionary<string, int> _reserved = new(StringComparer.Ordinal);
    private readonly int[]? _byteIds;

    /// <param name="pieces">The vocabulary. Exactly one piece has the type unknown.</param>
    /// <param name="byteFallback">Whether unknown characters become byte pieces.</param>
    /// <exception cref="InvalidDataException">
    /// A piece is empty, a score is not finite, there is not exactly one unknown piece, or a byte piece is missing.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected SentencePieceModel(ScoredPieces pieces, bool byteFallback)
    {
        Pieces = pieces;
        for (var id = 0; id < pieces.Count; id++)
        {
            Check(id);
            if (pieces.Kinds[id] is PieceKind.Unknown or PieceKind.Control or PieceKind.Byte)
            {
                _reserved[pieces.Text(id)] = id;
            }
        }

        UnknownId = FindUnknown(pieces);
        _byteIds = byteFallback ? FindBytes() : null;
        Trie = pieces.BuildTrie(kind => kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused);
        UserDefined = pieces.Kinds.Contains(PieceKind.UserDefined) ? pieces.BuildTrie(kind => kind == PieceKind.UserDefined) : null;
    }

    public override int VocabularySize => Pieces.Count;

    public sealed override int UnknownId { get; }

    /// <summary>User-defined symbols: no rule changes them and nothing cuts them. Null for none.</summary>
    public PieceTrie? UserDefined { get; }

    /// <summary>The vocabulary.</summary>
    protected ScoredPieces Pieces { get; }

    /// <summary>All pieces that can match text.</summary>
    protected PieceTrie Trie { get; }

    /// <summary>
    /// Whether no piece has ▁ after another character and ▁ itself is a piece. Then no piece and no run of unknown characters crosses into
    /// the next word.
    /// </summary>
    /// <remarks>A user-defined symbol with a space would keep spaces that are merged elsewhere.</remarks>
    protected bool CutsAtMarks() =>
        Trie.Find([SentencePieceNormalizer.Space]) >= 0 && !Pieces.HasInside(SentencePieceNormalizer.Space) && !Pieces.Holds(' ');

    public override int TokenToId(ReadOnlySpan<char> token) =>
        _reserved.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var id) ? id : Trie.Find(token);

    public override string? IdToToken(int id) => (uint)id < (uint)Pieces.Count ? Pieces.Text(id) : null;

    /// <summary>
    /// Emits a piece of a text, as bytes if it is unknown and bytes are enabled. The last byte has all of its units, the others none.
    /// </summary>
    protected void Put(int id, ReadOnlySpan<char> piece, Symbols symbols)
    {
        if (id != UnknownId)
        {
            symbols.Add(id, piece.Length);
        }
        else if (_byteIds is not null)
        {
            PutBytes(piece, symbols);
        }
        else if (symbols.Count > 0 && symbols.Ids[^1] == id)
        {
            symbols.ExtendLast(piece.Length);
        }
        else
        {
            symbols.Add(id, piece.Length);
        }
    }

    /// <summary>Appends the pieces from <paramref name="start"/> on to the workspace.</summary>
    /// <param name="pieces">Pieces emitted by <see cref="Put"/>.</param>
    /// <param name="text">The text.</param>
    /// <param name="start">The position of the first piece.</param>
    /// <param name="unknown">The start of the current run of unknown characters, or -1. A run is one token.</param>
    /// <param name="work">Receives the tokens.</param>
    protected void Add(Symbols pieces, AlignedText text, int start, ref int unknown, Workspace work)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            var end = start + pieces.Lengths[i];
            if (pieces.Ids[i] != UnknownId)
            {
                EndUnknown(text, start, ref unknown, work);
                work.Add(pieces.Ids[i], text, start, end);
            }
            else if (unknown < 0)
            {
                unknown = start;
            }

            start = end;
        }
    }

    /// <summary>Appends the run of unknown characters that ends here, if any.</summary>
    protected void EndUnknown(AlignedText text, int end, ref int unknown, Workspace work)
    {
        if (unknown >= 0)
        {
            work.Add(UnknownId, text, unknown, end, surface: true);
            unknown = -1;
        }
    }

    private static int FindUnknown(ScoredPieces pieces)
    {
        var first = pieces.Kinds.IndexOf(PieceKind.Unknown);
        return first >= 0 && first == pieces.Kinds.LastIndexOf(PieceKind.Unknown)
            ? first
            : throw new InvalidDataException(
                $"The vocabulary has {(first < 0 ? "no" : "more than one")} piece of the type unknown, but needs exactly one.");
    }

    private void Check(int id)
    {
        if (Pieces.Utf8(id).IsEmpty)
        {
            throw new InvalidDataException($"Piece {id} of the vocabulary is empty.");
        }

        if (!float.IsFinite(Pieces.Scores[id]))
        {
            throw new InvalidDataException($"The score of piece {id} of the vocabulary is not a number.");
        }
    }

    private void PutBytes(ReadOnlySpan<char> characters, Symbols symbols)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in characters.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(utf8);
            for (var i = 0; i < count; i++)
            {
                symbols.Add(_byteIds![utf8[i]], i + 1 == count ? rune.Utf16SequenceLength : 0);
            }
        }
    }

    private int[] FindBytes()
    {
        var bytes = new int[256];
        for (var b = 0; b < 256; b++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>");
            bytes[b] = _reserved.TryGetValue(name, out var id)
                ? id
                : throw new InvalidDataException($"The vocabulary has byte fallback but no piece {name}.");
        }

        return bytes;
    }
}

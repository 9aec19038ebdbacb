using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Models;

/// <summary>The type of a piece, numbered as in SentencePiece's files.</summary>
internal enum PieceKind : byte
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// <summary>The scored pieces of a vocabulary. Texts stay in one UTF-8 block; strings are created on demand.</summary>
/// <remarks>Piece i is <c>Utf8[Starts[i]..(Starts[i] + Lengths[i])]</c>; the index is the id.</remarks>
internal sealed class ScoredPieces(ReadOnlyMemory<byte> utf8, int[] starts, int[] lengths, float[] scores, PieceKind[] kinds)
{
    private string?[]? _strings;

    public int Count => starts.Length;

    public ReadOnlySpan<float> Scores => scores;

    public ReadOnlySpan<PieceKind> Kinds => kinds;

    /// <summary>The UTF-8 text of a piece.</summary>
    public ReadOnlySpan<byte> Utf8(int id) => utf8.Span.Slice(starts[id], lengths[id]);

    /// <summary>The text of a piece.</summary>
    public string Text(int id)
    {
        var strings = _strings ??= new string?[Count];
        return strings[id] ??= System.Text.Encoding.UTF8.GetString(Utf8(id));
    }

    /// <summary>The first piece of that text, or -1.</summary>
    public int Find(string text)
    {
        ReadOnlySpan<byte> sought = System.Text.Encoding.UTF8.GetBytes(text);
        for (var id = 0; id < Count; id++)
        {
            if (Utf8(id).SequenceEqual(sought))
            {
                return id;
            }
        }

        return -1;
    }

    /// <summary>
    /// These pieces from <paramref name="from"/> on, with control symbols before and after them; null stands for piece 0.
    /// </summary>
    public ScoredPieces With(string?[] before, int from, string[] behind)
    {
        var controls = before.Concat(behind).Select(name => System.Text.Encoding.UTF8.GetBytes(name ?? string.Empty)).ToArray();
        var own = utf8.Length;
        var size = before.Length + Count - from + behind.Length;
        var (newStarts, newLengths, newScores, newKinds) = (new int[size], new int[size], new float[size], new PieceKind[size]);
        for (int i = 0, next = 0; i < size; i++)
        {
            var piece = i < before.Length ? 0 : i - before.Length + from;
            var isOwn = i < before.Length ? before[i] is null : piece < Count;
            (newStarts[i], newLengths[i], newScores[i], newKinds[i]) = isOwn
                ? (starts[piece], lengths[piece], scores[piece], kinds[piece])
                : (own, controls[next].Length, 0, PieceKind.Control);
            own += isOwn ? 0 : newLengths[i];
            next += isOwn && i >= before.Length ? 0 : 1;
        }

        return new ScoredPieces((byte[])[.. utf8.Span, .. controls.SelectMany(name => name)], newStarts, newLengths, newScores, newKinds);
    }

    /// <summary>These pieces with other scores.</summary>
    public ScoredPieces WithScores(Func<int, float> score) =>
        new(utf8, starts, lengths, [.. Enumerable.Range(0, Count).Select(score)], kinds);

    /// <summary>Whether any piece contains an ASCII character.</summary>
    public bool Holds(char ascii)
    {
        for (var id = 0; id < Count; id++)
        {
            if (Utf8(id).Contains((byte)ascii))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether any piece has one of the characters after another.</summary>
    public bool HasInside(char c)
    {
        Span<byte> sought = stackalloc byte[3];
        sought = sought[..new System.Text.Rune(c).EncodeToUtf8(sought)];
        for (var id = 0; id < Count; id++)
        {
            var piece = Utf8(id);
            while (piece.StartsWith(sought))
            {
                piece = piece[sought.Length..];
            }

            if (piece.IndexOf(sought) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A trie of the pieces of some types. Pieces that are not valid UTF-8 match nothing.</summary>
    public PieceTrie BuildTrie(Predicate<PieceKind> included)
    {
        var buffer = new char[256];
        return PieceTrie.Build(Count, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (id) =>
        {
            var piece = Utf8(id);
            if (!included(kinds[id]))
            {
                return default;
            }

            if (buffer.Length < piece.Length)
            {
                buffer = new char[piece.Length];
            }

            var isValid = System.Text.Unicode.Utf8.ToUtf16(piece, buffer, out _, out var written, replaceInvalidSequences: false)
                == System.Buffers.OperationStatus.Done;
            return isValid ? buffer.AsSpan(0, written) : default;
        });
    }
}

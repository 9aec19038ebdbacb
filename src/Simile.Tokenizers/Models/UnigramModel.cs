using System.Text;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>
/// Unigram of a tokenizer.json. It differs from <see cref="SentencePieceUnigram"/>: sums are double, every piece can match, and bytes
/// differ:
/// </summary>
/// <remarks>
/// A run of unknown characters is one token, or all of its bytes if the vocabulary has them; each byte has the position of the whole run.
/// A run that is itself a piece, with a worse score, is that piece.
/// </remarks>
internal sealed class UnigramModel : Model
{
    private const double UnknownPenalty = 10;

    private readonly Vocabulary _vocabulary;
    private readonly PieceScores<double> _scores;
    private readonly int[]? _byteIds;

    /// <param name="vocabulary">Pieces by id.</param>
    /// <param name="scores">A finite score for each piece.</param>
    /// <param name="unknownId">The id of the unknown piece, or -1.</param>
    /// <param name="byteFallback">Whether unknown characters become byte pieces.</param>
    public UnigramModel(Vocabulary vocabulary, double[] scores, int unknownId, bool byteFallback)
    {
        _vocabulary = vocabulary;
        UnknownId = unknownId;
        _scores = new PieceScores<double>(
            vocabulary.Trie, scores, scores.Append(double.PositiveInfinity).Min() - UnknownPenalty, unknownId);
        _byteIds = byteFallback ? [.. Enumerable.Range(0, 256).Select(value => vocabulary.Find($"<0x{value:X2}>"))] : null;
    }

    public override int VocabularySize => _vocabulary.Size;

    public override int UnknownId { get; }

    public override int TokenToId(ReadOnlySpan<char> token) => _vocabulary.Find(token);

    public override string? IdToToken(int id) => _vocabulary.Token(id);

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var lattice = work.ModelState as Lattice<double> ?? (Lattice<double>)(work.ModelState = new Lattice<double>());
        lattice.Begin(0);
        var unknown = start;
        var at = start;
        while (at < end && !work.IsFull)
        {
            var block = at;
            foreach (var piece in lattice.Next(text.Chars[block..end], _scores))
            {
                at = block + piece.End;
                if (piece.Id != UnknownId)
                {
                    AddUnknown(text, unknown, block + piece.Start, work);
                    work.Add(piece.Id, text, block + piece.Start, at);
                    unknown = at;
                }
            }
        }

        AddUnknown(text, unknown, end, work);
    }

    private void AddUnknown(AlignedText text, int start, int end, Workspace work)
    {
        if (start == end)
        {
            return;
        }

        var run = text.Chars[start..end];
        if (_vocabulary.Find(run) is >= 0 and var id)
        {
            work.Add(id, text, start, end);
        }
        else if (_byteIds is null || !TryAddBytes(text, start, end, work))
        {
            work.Add(UnknownId, text, start, end, surface: true);
        }
    }

    private bool TryAddBytes(AlignedText text, int start, int end, Workspace work)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var adds = false; ; adds = true)
        {
            foreach (var rune in text.Chars[start..end].EnumerateRunes())
            {
                foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    if (adds)
                    {
                        work.Add(_byteIds![value], text, start, end);
                    }
                    else if (_byteIds![value] < 0)
                    {
                        return false;
                    }
                }
            }

            if (adds)
            {
                return true;
            }
        }
    }
}

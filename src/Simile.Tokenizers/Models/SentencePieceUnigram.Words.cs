using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

internal sealed partial class SentencePieceUnigram : IMarkedWords
{
    // Sums stay below 2^18, where an addition has an error of at most 1/128: 0.27 on two paths of at most 17 additions.
    private const double Margin = 0.5;

    // No word of 16 units can move a sum of 250,000 (the scanner's limit for cached words) beyond 2^18.
    private const float MaxScore = 256;

    public bool HasSeparateWords { get; }

    float[] IMarkedWords.Scores => _scores.Scores;

    WordCache IMarkedWords.Words(Workspace work) => SentencePieceBuffers.Of(work).Words;

    /// <remarks>
    /// Sums are floats that grow along the text, so a near tie may fall differently later. A word is cached only if its best path
    /// beats every other path by more than the largest rounding error: then it is best after any text.
    /// </remarks>
    WordMemory IMarkedWords.Encode(ReadOnlySpan<char> word, float sum, Workspace work)
    {
        var buffers = SentencePieceBuffers.Of(work);
        var pieces = buffers.Words.Symbols;
        pieces.Clear();
        buffers.Lattice.Begin(sum);
        for (var at = 0; at < word.Length;)
        {
            var rest = word[at..];
            foreach (var piece in buffers.Lattice.Next(rest, _scores))
            {
                if (piece.Id == UnknownId)
                {
                    return WordMemory.Refused;
                }

                pieces.Add(piece.Id, piece.End - piece.Start);
                at = word.Length - rest.Length + piece.End;
            }
        }

        return word.Length <= WordCache.MaxLength && IsClear(word, pieces) ? WordMemory.Kept : WordMemory.NotKept;
    }

    // At every position of the path, the best path there is its own, by more than the margin.
    private bool IsClear(ReadOnlySpan<char> word, Symbols pieces)
    {
        Span<double> best = stackalloc double[WordCache.MaxLength + 1];
        Span<double> second = stackalloc double[WordCache.MaxLength + 1];
        best.Fill(double.NegativeInfinity);
        second.Fill(double.NegativeInfinity);
        best[0] = 0;
        for (var start = 0; start < word.Length; start++)
        {
            Offer(word, start, best, second);
        }

        var at = 0;
        var sum = 0.0;
        for (var i = 0; i < pieces.Count; i++)
        {
            at += pieces.Lengths[i];
            sum += _scores.Scores[pieces.Ids[i]];
            if (sum != best[at] || best[at] - second[at] <= Margin)
            {
                return false;
            }
        }

        return true;
    }

    private void Offer(ReadOnlySpan<char> word, int start, Span<double> best, Span<double> second)
    {
        var trie = _scores.Trie;
        for (int end = start, node = PieceTrie.Root; end < word.Length && (node = trie.Step(node, word[end])) > 0; end++)
        {
            if (trie.IdAt(node) is >= 0 and var id)
            {
                Offer(best[start] + _scores.Scores[id], end + 1, best, second);
            }
        }

        Offer(best[start] + _scores.UnknownScore, Math.Min(word.Length, start + (char.IsHighSurrogate(word[start]) ? 2 : 1)), best, second);
    }

    private static void Offer(double score, int end, Span<double> best, Span<double> second)
    {
        if (score > best[end])
        {
            (best[end], second[end]) = (score, best[end]);
        }
        else
        {
            second[end] = Math.Max(second[end], score);
        }
    }
}

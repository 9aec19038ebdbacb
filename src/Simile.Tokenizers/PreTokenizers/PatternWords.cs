using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>The matches of a pattern are words, and what stands between them goes away: tiktoken.</summary>
internal sealed class PatternWords(Pattern pattern) : PreTokenizer
{
    /// <summary>The pattern.</summary>
    public Pattern Pattern => pattern;

    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var chars = text.Chars[start..end];
        var steps = Pattern.StepsFor(chars.Length);
        for (var from = 0; from < chars.Length && pattern.TryMatch(chars, from, ref steps, out var first, out var last); from = Math.Max(last, first + 1))
        {
            if (last > first)
            {
                pieces.Add((start + first, start + last));
            }
        }
    }
}

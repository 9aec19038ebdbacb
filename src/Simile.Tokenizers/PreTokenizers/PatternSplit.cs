using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Splits at the matches of a pattern: Split.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="behavior">What happens to the matches.</param>
/// <param name="invert">Whether the text between matches counts as the match instead.</param>
internal sealed class PatternSplit(Pattern pattern, SplitBehavior behavior, bool invert) : PreTokenizer
{
    public Pattern Pattern => pattern;

    public SplitBehavior Behavior => behavior;

    public bool Inverts => invert;

    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var cut = new Cut(behavior, pieces);
        var matches = new Matches(pattern, text.Chars[start..end]);
        var last = start;
        while (matches.MoveNext())
        {
            var (from, to) = (start + matches.Start, start + matches.End);
            if (from > last)
            {
                cut.Add(last, from, invert);
            }

            cut.Add(from, to, !invert);
            last = to;
        }

        if (end > last)
        {
            cut.Add(last, end, invert);
        }

        cut.Finish();
    }
}

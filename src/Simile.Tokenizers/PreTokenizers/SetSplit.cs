using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Splits at single characters of a set: Punctuation, Digits.</summary>
internal sealed class SetSplit(CodePointSet set, SplitBehavior behavior) : PreTokenizer
{
    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var cut = new Cut(behavior, pieces);
        var last = start;
        for (var i = start; i < end;)
        {
            var isFound = set.Contains(text.CodePointAt(i, out var units));
            if (isFound)
            {
                if (i > last)
                {
                    cut.Add(last, i, isFound: false);
                }

                cut.Add(i, i + units, isFound: true);
                last = i + units;
            }

            i += units;
        }

        if (end > last)
        {
            cut.Add(last, end, isFound: false);
        }

        cut.Finish();
    }
}

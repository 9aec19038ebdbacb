using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Splits into runs of word characters and runs of other characters except white space: \w+|[^\w\s]+.</summary>
internal sealed class Whitespace : PreTokenizer
{
    private enum Kind
    {
        Space,
        Word,
        Other,
    }

    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var piece = start;
        var last = Kind.Space;
        for (var i = start; i < end;)
        {
            var c = text.CodePointAt(i, out var units);
            var kind = Characters.IsWord(c) ? Kind.Word : Characters.IsWhiteSpace(c) ? Kind.Space : Kind.Other;
            if (kind != last)
            {
                if (last != Kind.Space)
                {
                    pieces.Add((piece, i));
                }

                piece = i;
                last = kind;
            }

            i += units;
        }

        if (last != Kind.Space)
        {
            pieces.Add((piece, end));
        }
    }
}

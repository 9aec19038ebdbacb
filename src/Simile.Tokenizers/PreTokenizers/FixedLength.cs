using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Splits into pieces of a fixed number of code points. The last may be shorter.</summary>
internal sealed class FixedLength(int length) : PreTokenizer
{
    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var (piece, count) = (start, 0);
        for (var i = start; i < end; count++)
        {
            if (count == length)
            {
                pieces.Add((piece, i));
                (piece, count) = (i, 0);
            }

            text.CodePointAt(i, out var units);
            i += units;
        }

        if (end > piece)
        {
            pieces.Add((piece, end));
        }
    }
}

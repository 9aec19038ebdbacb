using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>
/// Splits where the script changes. Spaces belong to the text before them; spaces at the start are removed, as in the reference.
/// </summary>
internal sealed class UnicodeScripts : PreTokenizer
{
    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var piece = -1;
        var last = Scripts.Any;
        for (var i = start; i < end;)
        {
            var script = Scripts.Of(text.CodePointAt(i, out var units));
            if (script != Scripts.Any && script != last)
            {
                if (piece >= 0)
                {
                    pieces.Add((piece, i));
                }

                (piece, last) = (i, script);
            }

            i += units;
        }

        if (piece >= 0)
        {
            pieces.Add((piece, end));
        }
    }
}

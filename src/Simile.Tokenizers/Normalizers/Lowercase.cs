using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Lowercases code point by code point: no final sigma; İ becomes i and U+0307.</summary>
internal sealed class Lowercase : Normalizer
{
    public override void Normalize(AlignedText text)
    {
        text.Rewrite();
        for (var i = 0; i < text.Length;)
        {
            var c = text.CodePointAt(i, out var units);
            if (c == 0x130)
            {
                text.Put('i', i);
                text.Put('\u0307', i);
            }
            else
            {
                text.PutCodePoint(Characters.ToLower(c), i);
            }

            i += units;
        }

        text.Commit();
    }
}

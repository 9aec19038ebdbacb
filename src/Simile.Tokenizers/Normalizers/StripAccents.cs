using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Removes every combining mark, including spacing and enclosing ones. Precomposed letters stay.</summary>
internal sealed class StripAccents : Normalizer
{
    public override void Normalize(AlignedText text) => Filter(text, Tables.Mark);

    /// <summary>Removes the code points of a set.</summary>
    public static void Filter(AlignedText text, CodePointSet removed)
    {
        if (System.Text.Ascii.IsValid(text.Chars))
        {
            return;
        }

        text.Rewrite();
        for (var i = 0; i < text.Length;)
        {
            var c = text.CodePointAt(i, out var units);
            for (var u = 0; u < units && (c < 128 || !removed.Contains(c)); u++)
            {
                text.Put(text.Chars[i + u], i + u);
            }

            i += units;
        }

        text.Commit();
    }
}

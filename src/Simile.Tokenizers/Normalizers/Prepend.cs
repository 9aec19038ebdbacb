using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Puts a string before every text that is not empty. It shares the position of the first character.</summary>
internal sealed class Prepend(string prefix) : Normalizer
{
    /// <summary>Whether the string is ▁.</summary>
    public bool IsMark => prefix is [SentencePieceNormalizer.Space];

    public override void Normalize(AlignedText text)
    {
        if (text.Length == 0)
        {
            return;
        }

        text.Rewrite();
        foreach (var c in prefix)
        {
            text.Put(c, 0);
        }

        for (var i = 0; i < text.Length; i++)
        {
            text.Put(text.Chars[i], i);
        }

        text.Commit();
    }
}

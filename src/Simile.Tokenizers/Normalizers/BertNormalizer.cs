using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>
/// BERT's text cleaning: removes controls, unifies white space, puts spaces around Chinese characters, strips accents, lowercases.
/// </summary>
internal sealed class BertNormalizer(bool cleanText, bool handleChineseCharacters, bool stripAccents, bool lowercase) : Normalizer
{
    private static readonly UnicodeNormalizer Decompose = new(compatible: false, compose: false);
    private static readonly Lowercase Lower = new();

    public bool CleanText => cleanText;

    public bool Lowercases => lowercase;

    public override void Normalize(AlignedText text)
    {
        if (cleanText)
        {
            Clean(text);
        }

        if (handleChineseCharacters)
        {
            SurroundChinese(text);
        }

        if (stripAccents)
        {
            Decompose.Normalize(text);
            StripAccents.Filter(text, Tables.NonSpacing);
        }

        if (lowercase)
        {
            Lower.Normalize(text);
        }
    }

    private static void Clean(AlignedText text)
    {
        text.Rewrite();
        for (var i = 0; i < text.Length;)
        {
            var c = text.CodePointAt(i, out var units);
            if (!Characters.IsControl(c))
            {
                text.PutCodePoint(Characters.IsWhiteSpace(c) ? ' ' : c, i);
            }

            i += units;
        }

        text.Commit();
    }

    private static void SurroundChinese(AlignedText text)
    {
        if (System.Text.Ascii.IsValid(text.Chars))
        {
            return;
        }

        text.Rewrite();
        for (var i = 0; i < text.Length;)
        {
            var c = text.CodePointAt(i, out var units);
            if (Characters.IsChinese(c))
            {
                text.Put(' ', i);
                text.PutCodePoint(c, i);
                text.Put(' ', i);
            }
            else
            {
                text.PutCodePoint(c, i);
            }

            i += units;
        }

        text.Commit();
    }
}

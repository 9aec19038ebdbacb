using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>Which pieces get a leading ▁.</summary>
internal enum PrependScheme
{
    /// <summary>Every piece.</summary>
    Always,

    /// <summary>Pieces that start at the start of the original text.</summary>
    First,

    /// <summary>No piece.</summary>
    Never,
}

/// <summary>Replaces spaces by another character (▁), puts one before pieces without, and splits before each.</summary>
internal sealed class Metaspace(char replacement, PrependScheme scheme, bool splits) : PreTokenizer
{
    /// <summary>Which pieces get a leading ▁.</summary>
    public PrependScheme Scheme => scheme;

    /// <summary>Whether the character is ▁ and nothing is split.</summary>
    public bool MarksOnly => replacement == SentencePieceNormalizer.Space && !splits;

    public override void Split(AlignedText text, Workspace work)
    {
        text.Rewrite();
        foreach (var (start, end) in work.Pieces)
        {
            Rewrite(text, start, end, work.NewPieces);
        }

        text.Commit();
        work.SwapPieces();
        if (splits)
        {
            base.Split(text, work);
        }
    }

    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        while (start < end)
        {
            var next = text.Chars[(start + 1)..end].IndexOf(replacement);
            var to = next < 0 ? end : start + 1 + next;
            pieces.Add((start, to));
            start = to;
        }
    }

    private void Rewrite(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var from = text.NewLength;
        if (start < end && Prepends(text, start) && Replaced(text.Chars[start]) != replacement)
        {
            text.Put(replacement, start);
        }

        for (var i = start; i < end; i++)
        {
            text.Put(Replaced(text.Chars[i]), i);
        }

        pieces.Add((from, text.NewLength));
    }

    private char Replaced(char c) => c == ' ' ? replacement : c;

    private bool Prepends(AlignedText text, int start) => scheme switch
    {
        PrependScheme.Always => true,
        PrependScheme.First => text.IsBeginningAt(start),
        _ => false,
    };
}

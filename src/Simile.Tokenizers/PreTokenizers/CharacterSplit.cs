using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>What happens to a separator.</summary>
internal enum Separator
{
    /// <summary>Not a separator.</summary>
    None,

    /// <summary>It is removed.</summary>
    Removed,

    /// <summary>It becomes its own piece.</summary>
    Isolated,
}

/// <summary>Splits at single characters: BertPreTokenizer, WhitespaceSplit, CharDelimiterSplit.</summary>
internal sealed class CharacterSplit(Func<int, Separator> separator) : PreTokenizer
{
    /// <summary>Removes white space, isolates punctuation.</summary>
    public static readonly CharacterSplit Bert = new(c =>
        Characters.IsWhiteSpace(c) ? Separator.Removed : Characters.IsPunctuation(c) ? Separator.Isolated : Separator.None);

    /// <summary>Removes white space.</summary>
    public static readonly CharacterSplit WhiteSpace = new(c => Characters.IsWhiteSpace(c) ? Separator.Removed : Separator.None);

    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        var piece = start;
        for (var i = start; i < end;)
        {
            var kind = separator(text.CodePointAt(i, out var units));
            if (kind != Separator.None)
            {
                if (i > piece)
                {
                    pieces.Add((piece, i));
                }

                if (kind == Separator.Isolated)
                {
                    pieces.Add((i, i + units));
                }

                piece = i + units;
            }

            i += units;
        }

        if (end > piece)
        {
            pieces.Add((piece, end));
        }
    }
}

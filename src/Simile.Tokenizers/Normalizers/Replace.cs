using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>
/// Replaces the matches of a pattern by a string. It has the position of the last replaced character, or of the previous one for an empty
/// match.
/// </summary>
internal sealed class Replace(Pattern pattern, string content) : Normalizer
{
    /// <summary>Whether it only replaces each run of white space by a space.</summary>
    public bool JoinsSpaces => pattern.Source == @"\s+" && content == " ";

    // A chain of these could request any amount of memory.
    private const int MaxGrowth = 256;

    /// <summary>Whether it turns spaces into ▁.</summary>
    public bool IsMarking => pattern.Source == " " && content is [SentencePieceNormalizer.Space];

    public override void Normalize(AlignedText text)
    {
        var matches = new Matches(pattern, text.Chars);
        if (text.Length == 0 || !matches.MoveNext())
        {
            return;
        }

        text.Rewrite();
        var last = 0;
        do
        {
            if (text.NewLength + content.Length > (text.LoadedLength + 16L) * MaxGrowth)
            {
                throw new InvalidDataException(
                    $"The Replace normalizers make a text more than {MaxGrowth} times as long: use shorter contents.");
            }

            text.PutRange(last, matches.Start);
            foreach (var c in content)
            {
                text.Put(c, matches.End - 1);
            }

            last = matches.End;
        }
        while (matches.MoveNext());

        text.PutRange(last, text.Length);
        text.Commit();
    }
}

using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Puts a string in place of what a pattern finds. It has the place of the last character that it replaces, or of the one before when it replaces none.</summary>
internal sealed class Replace(Pattern pattern, string content) : Normalizer
{
    /// <summary>Whether it only writes a space for each run of white space.</summary>
    public bool JoinsSpaces => pattern.Source == @"\s+" && content == " ";

    // A file could ask for any amount of memory: many of these behind one another.
    private const int MaxGrowth = 256;

    /// <summary>Whether it makes spaces ▁.</summary>
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
                throw new InvalidDataException($"The normalizers Replace make a text more than {MaxGrowth} times as long; take shorter contents.");
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

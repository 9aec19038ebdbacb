using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>A piece is a token as a whole, or unknown.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, string unknown) : Model
{
    public override int VocabularySize => vocabulary.Size;

    public override int UnknownId { get; } = vocabulary.Find(unknown);

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var id = vocabulary.Find(text.Chars[start..end]);
        if (id < 0 && UnknownId < 0)
        {
            throw new InvalidDataException(
                $"The vocabulary has no token \"{Files.JsonField.Shown(unknown)}\" for a word that it does not know.");
        }

        work.Add(id < 0 ? UnknownId : id, text, start, end);
    }

    public override int TokenToId(ReadOnlySpan<char> token) => vocabulary.Find(token);

    public override string? IdToToken(int id) => vocabulary.Token(id);
}

using Simile.Tokenizers.Models;
using Simile.Tokenizers.PreTokenizers;

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    private const string UnknownWord = "[UNK]";

    /// <summary>
    /// A tokenizer of whole words, as tables of word vectors have them: runs of word characters and runs of other signs, each a token or
    /// unknown.
    /// </summary>
    /// <param name="words">The token of id i, each once. Behind them stands [UNK], the id of whatever is not among them.</param>
    public static Tokenizer FromWords(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var isKnown = words.Contains(UnknownWord);
        string?[] tokens = [.. words.Select(word => word.Length == 0 ? null : word), .. isKnown ? Array.Empty<string>() : [UnknownWord]];
        return new Tokenizer(
            new Pipeline { PreTokenizers = [new Whitespace()], Model = new WordLevelModel(new Vocabulary(tokens), UnknownWord) });
    }
}

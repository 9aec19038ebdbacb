using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

/// <summary>WordPiece: greedy longest match from the start of a word. If a part has no match, the whole word is unknown.</summary>
internal sealed class WordPieceModel : Model
{
    private readonly Vocabulary _vocabulary;
    private readonly string _unknown;
    private readonly int _continuation;

    /// <param name="vocabulary">Tokens by id.</param>
    /// <param name="unknown">The token of unknown words.</param>
    /// <param name="prefix">The prefix of continuation tokens: ##.</param>
    /// <param name="maxCharacters">Longer words (in code points) are unknown.</param>
    public WordPieceModel(Vocabulary vocabulary, string unknown, string prefix, int maxCharacters)
    {
        _vocabulary = vocabulary;
        _unknown = unknown;
        _continuation = vocabulary.Trie.Walk(PieceTrie.Root, prefix);
        MaxCharacters = maxCharacters;
        UnknownId = vocabulary.Find(unknown);
    }

    public int MaxCharacters { get; }

    public override int VocabularySize => _vocabulary.Size;

    public override int UnknownId { get; }

    public override int TokenToId(ReadOnlySpan<char> token) => _vocabulary.Find(token);

    public override string? IdToToken(int id) => _vocabulary.Token(id);

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        var word = text.Chars[start..end];
        Span<(int Id, int End)> pieces = stackalloc (int Id, int End)[128];
        if (word.Length > pieces.Length)
        {
            pieces = IsTooLong(word) ? pieces : new (int Id, int End)[word.Length];
        }

        var count = IsTooLong(word) ? 0 : Cut(word, pieces);
        if (count == 0)
        {
            work.Add(RequireUnknown(), text, start, end);
            return;
        }

        var from = 0;
        foreach (var (id, to) in pieces[..count])
        {
            work.Add(id, text, start + from, start + to);
            from = to;
        }
    }

    /// <summary>The id of the unknown token.</summary>
    /// <exception cref="InvalidDataException">The vocabulary has no unknown token.</exception>
    public int RequireUnknown() => UnknownId >= 0
        ? UnknownId
        : throw new InvalidDataException(
            $"The vocabulary has no token \"{Files.JsonField.Shown(_unknown)}\" for a word that it does not know.");

    /// <summary>Splits a word into tokens: their ids and ends.</summary>
    /// <returns>The number of tokens; 0 if the word is unknown.</returns>
    public int Cut(ReadOnlySpan<char> word, Span<(int Id, int End)> pieces)
    {
        var trie = _vocabulary.Trie;
        var count = 0;
        for (var from = 0; from < word.Length;)
        {
            var node = from == 0 ? PieceTrie.Root : _continuation;
            var (id, end) = (-1, from);
            for (var i = from; i < word.Length && node >= 0; i++)
            {
                node = trie.Step(node, word[i]);
                if (node > 0 && trie.IdAt(node) is >= 0 and var found)
                {
                    (id, end) = (found, i + 1);
                }
            }

            if (id < 0)
            {
                return 0;
            }

            pieces[count++] = (id, end);
            from = end;
        }

        return count;
    }

    private bool IsTooLong(ReadOnlySpan<char> word)
    {
        var characters = word.Length;
        if (characters > MaxCharacters)
        {
            foreach (var c in word)
            {
                characters -= char.IsLowSurrogate(c) ? 1 : 0;
            }
        }

        return characters > MaxCharacters;
    }
}

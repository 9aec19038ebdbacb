namespace Simile.Tokenizers.Models;

/// <summary>Maps tokens to ids and back.</summary>
internal sealed class Vocabulary
{
    private readonly string?[] _tokens;
    private readonly PieceTrie _trie;

    /// <summary>Creates a vocabulary from tokens by id. Null marks an id without a token.</summary>
    public Vocabulary(string?[] tokens)
    {
        _tokens = tokens;
        _trie = PieceTrie.Build(tokens.Length, id => tokens[id]);
    }

    /// <summary>One more than the largest id.</summary>
    public int Size => _tokens.Length;

    /// <summary>The tokens as a trie.</summary>
    public PieceTrie Trie => _trie;

    /// <summary>The id of a token, or -1.</summary>
    public int Find(ReadOnlySpan<char> token) => _trie.Find(token);

    /// <summary>The token of an id, or null.</summary>
    public string? Token(int id) => (uint)id < (uint)_tokens.Length ? _tokens[id] : null;
}

namespace Simile.Tokenizers.Files;

/// <summary>
/// The added tokens of a model folder without tokenizer.json: the tokens listed in its files, and the special tokens of its family.
/// </summary>
/// <param name="folder">The files beside the vocabulary.</param>
/// <param name="vocabulary">Path of the vocabulary, for messages.</param>
/// <param name="find">The id of a token in the vocabulary, or -1.</param>
internal sealed class FolderTokens(ModelFolder folder, string vocabulary, Func<string, int> find)
{
    private readonly Dictionary<string, AddedToken> _tokens = folder.Listed().DistinctBy(token => token.Content)
        .ToDictionary(token => token.Content, StringComparer.Ordinal);

    /// <summary>All tokens so far, by id.</summary>
    public IEnumerable<AddedToken> All => _tokens.Values.OrderBy(token => token.Id);

    /// <summary>Adds a special token if the vocabulary or the lists hold it.</summary>
    /// <param name="role">The name of the token: "mask_token".</param>
    /// <param name="standard">The family's default for it.</param>
    /// <param name="leftStrip">Whether it takes the white space before it.</param>
    /// <returns>The token. Its id is -1 if it does not exist.</returns>
    public AddedToken Add(string role, string standard, bool leftStrip = false)
    {
        var token = Find(role, standard, leftStrip);
        if (token.Id >= 0)
        {
            _tokens[token.Content] = token;
        }

        return token;
    }

    /// <summary>A special token, without adding it. Its id is -1 if it does not exist.</summary>
    public AddedToken Find(string role, string standard, bool leftStrip = false)
    {
        var token = folder.Role(role, new AddedToken(standard, -1) { LeftStrip = leftStrip, Special = true });
        return _tokens.TryGetValue(token.Content, out var listed)
            ? listed with { Special = true }
            : token with { Id = find(token.Content) };
    }

    /// <summary>Adds a special token that is put around every text.</summary>
    /// <exception cref="InvalidDataException">The token does not exist.</exception>
    public AddedToken Require(string role, string standard) => Add(role, standard) is { Id: >= 0 } token
        ? token
        : throw new InvalidDataException(
            $"{vocabulary} has no token {JsonField.Shown(folder.Role(role, new AddedToken(standard, -1)).Content)}, "
            + "which the model needs around every text.");
}

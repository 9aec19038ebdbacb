namespace Simile.Tokenizers.Files;

/// <summary>The added tokens of a model folder without tokenizer.json: those that its files list, and those of the roles that its family has.</summary>
/// <param name="folder">What stands beside the vocabulary.</param>
/// <param name="vocabulary">Path of the vocabulary, for messages.</param>
/// <param name="find">The id of a token in the vocabulary, or -1.</param>
internal sealed class FolderTokens(ModelFolder folder, string vocabulary, Func<string, int> find)
{
    private readonly Dictionary<string, AddedToken> _tokens = folder.Listed().DistinctBy(token => token.Content).ToDictionary(token => token.Content, StringComparer.Ordinal);

    /// <summary>All tokens so far, by id.</summary>
    public IEnumerable<AddedToken> All => _tokens.Values.OrderBy(token => token.Id);

    /// <summary>Adds the token of a role, where the vocabulary or the lists hold it.</summary>
    /// <param name="role">The role: "mask_token".</param>
    /// <param name="standard">The family's own token for it.</param>
    /// <param name="leftStrip">Whether that takes the white space before it.</param>
    /// <returns>The token; its id is -1 where it has none.</returns>
    public AddedToken Add(string role, string standard, bool leftStrip = false)
    {
        var token = Find(role, standard, leftStrip);
        if (token.Id >= 0)
        {
            _tokens[token.Content] = token;
        }

        return token;
    }

    /// <summary>The token of a role, without adding it; its id is -1 where it has none.</summary>
    public AddedToken Find(string role, string standard, bool leftStrip = false)
    {
        var token = folder.Role(role, new AddedToken(standard, -1) { LeftStrip = leftStrip, Special = true });
        return _tokens.TryGetValue(token.Content, out var listed) ? listed with { Special = true } : token with { Id = find(token.Content) };
    }

    /// <summary>Adds the token of a role that stands around every text.</summary>
    /// <exception cref="InvalidDataException">There is no such token.</exception>
    public AddedToken Require(string role, string standard) => Add(role, standard) is { Id: >= 0 } token
        ? token
        : throw new InvalidDataException($"{vocabulary} has no token {JsonField.Shown(folder.Role(role, new AddedToken(standard, -1)).Content)}, which stands around every text.");
}

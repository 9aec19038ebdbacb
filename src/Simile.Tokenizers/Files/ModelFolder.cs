using System.Globalization;
using System.Text.Json;

namespace Simile.Tokenizers.Files;

/// <summary>
/// The files beside the vocabulary in a model folder: tokenizer_config.json, special_tokens_map.json, added_tokens.json and config.json.
/// </summary>
internal sealed class ModelFolder
{
    private readonly JsonField _map;
    private readonly JsonField _added;
    private readonly JsonField _model;

    private ModelFolder()
    {
    }

    private ModelFolder(string path)
    {
        (Config, _map) = (Read("tokenizer_config.json"), Read("special_tokens_map.json"));
        (_added, _model) = (Read("added_tokens.json"), Read("config.json"));

        JsonField Read(string name) => File.Exists(Path.Combine(path, name)) ? JsonField.Read(Path.Combine(path, name)) : default;
    }

    /// <summary>No files.</summary>
    public static ModelFolder None { get; } = new();

    /// <summary>Reads the existing files beside a file.</summary>
    public static ModelFolder Beside(string file) => new(Path.GetDirectoryName(Path.GetFullPath(file))!);

    /// <summary>tokenizer_config.json. Not present if the file is missing.</summary>
    public JsonField Config { get; }

    /// <summary>
    /// The name of the model family: tokenizer_class without Tokenizer and Fast, or else model_type. Empty if both are missing.
    /// </summary>
    public string Family =>
        FamilyOf(Config["tokenizer_class"]) ?? FamilyOf(_model["tokenizer_class"]) ?? FamilyOf(_model["model_type"]) ?? string.Empty;

    /// <summary>Whether the family comes from tokenizer_class, not from model_type.</summary>
    public bool NamesClass => (FamilyOf(Config["tokenizer_class"]) ?? FamilyOf(_model["tokenizer_class"])) is not null;

    /// <summary>Truncation to model_max_length. Null if it is missing or huge (transformers writes a huge number for no limit).</summary>
    public Truncation? Truncation =>
        Config["model_max_length"] is { IsPresent: true, Value.ValueKind: JsonValueKind.Number } length
        && length.Value.TryGetInt32(out var most) && most > 0
            ? new Truncation(most)
            : null;

    /// <summary>The special token of a name such as "cls_token": its text and flags, with an id of -1.</summary>
    /// <param name="role">The name of the token.</param>
    /// <param name="standard">The family's default if the folder names none.</param>
    public AddedToken Role(string role, AddedToken standard)
    {
        var field = Config[role].IsPresent ? Config[role] : _map[role];
        return field.Value.ValueKind == JsonValueKind.Object ? Flags(field, -1) with { Special = true }
            : field.IsPresent ? standard with { Content = field.Text() }
            : standard;
    }

    /// <summary>The tokens with ids in tokenizer_config.json and added_tokens.json.</summary>
    public IEnumerable<AddedToken> Listed()
    {
        var decoder = Config["added_tokens_decoder"];
        foreach (var (id, value) in decoder.IsPresent ? decoder.Members() : [])
        {
            yield return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number <= TokenizerJson.MaxAddedId
                ? Flags(new JsonField(value, $"{decoder.Path}: {id}"), number)
                : throw decoder.Wrong("an object whose names are ids");
        }

        var special = Additional();
        foreach (var (token, value) in !decoder.IsPresent && _added.IsPresent ? _added.Members() : [])
        {
            var isSpecial = special.Contains(token);
            yield return new AddedToken(token, TokenizerJson.ReadId(new JsonField(value, $"{_added.Path}: {token}")))
            {
                Special = isSpecial,
                Normalized = !isSpecial,
            };
        }
    }

    // PreTrainedTokenizer and PreTrainedTokenizerFast name no family.
    private static string? FamilyOf(JsonField field)
    {
        var name = field.Text(string.Empty);
        name = name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name;
        name = name.EndsWith("Tokenizer", StringComparison.Ordinal) ? name[..^9] : name;
        return name is "" or "PreTrained" or "TokenizersBackend" ? null : name.ToLowerInvariant().Replace('_', '-');
    }

    // added_tokens.json does not say which tokens are special.
    private HashSet<string> Additional()
    {
        var field = Config["additional_special_tokens"].IsPresent ? Config["additional_special_tokens"] : _map["additional_special_tokens"];
        return [.. (field.IsPresent ? field.Items() : [])
            .Select(token => token.Value.ValueKind == JsonValueKind.Object ? token["content"].Text() : token.Text())];
    }

    private static AddedToken Flags(JsonField token, int id) => new(token["content"].Text(), id)
    {
        SingleWord = token["single_word"].Flag(false),
        LeftStrip = token["lstrip"].Flag(false),
        RightStrip = token["rstrip"].Flag(false),
        Normalized = token["normalized"].Flag(false),
        Special = token["special"].Flag(true),
    };
}

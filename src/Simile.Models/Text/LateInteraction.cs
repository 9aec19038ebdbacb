using System.Text.Json;
using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>
/// The query and document settings of a ColBERT folder, in PyLate's layout (config_sentence_transformers.json) or that of ColBERT's authors
/// (artifact.metadata).
/// </summary>
/// <param name="QueryMarker">The token after the first one of a query.</param>
/// <param name="DocumentMarker">The token after the first one of a document.</param>
/// <param name="QueryLength">
/// Number of tokens of a query. Shorter queries are padded with the mask token if <paramref name="Expands"/> is set.
/// </param>
/// <param name="DocumentLength">Maximum number of tokens of a document.</param>
/// <param name="Expands">Whether queries are padded with mask tokens (query expansion).</param>
/// <param name="AttendsToExpansion">Whether other tokens attend to the padding.</param>
/// <param name="Skipped">Ids of a document whose vectors are dropped: punctuation.</param>
internal sealed record LateInteraction(
    int QueryMarker,
    int DocumentMarker,
    int QueryLength,
    int DocumentLength,
    bool Expands,
    bool AttendsToExpansion,
    IReadOnlySet<int> Skipped)
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="InvalidDataException">The folder is not a ColBERT model, or a file is damaged.</exception>
    public static LateInteraction Read(ModelFolder folder, Tokenizer tokenizer)
    {
        if (folder.Exists("artifact.metadata"))
        {
            using var metadata = folder.Json("artifact.metadata");
            return Read(
                metadata.RootElement,
                tokenizer,
                ("query_token_id", "[unused0]"),
                ("doc_token_id", "[unused1]"),
                ("query_maxlen", "doc_maxlen"),
                "attend_to_mask_tokens",
                folder);
        }

        using var settings = folder.Exists("config_sentence_transformers.json") ? folder.Json("config_sentence_transformers.json") : null;
        return settings is not null && JsonFile.Optional(settings.RootElement, "query_prefix") is not null
            ? Read(
                settings.RootElement,
                tokenizer,
                ("query_prefix", "[Q] "),
                ("document_prefix", "[D] "),
                ("query_length", "document_length"),
                "attend_to_expansion_tokens",
                folder)
            : throw new InvalidDataException(
                $"{folder.Path} is not a ColBERT model: it has neither artifact.metadata nor a \"query_prefix\" in "
                + "config_sentence_transformers.json.");
    }

    /// <summary>The marked and truncated tokens of a query or a document, and the number of tokens that others attend to.</summary>
    public (int[] Ids, int Seen) Tokenize(Tokenizer tokenizer, string text, bool isQuery)
    {
        var ids = new List<int>();
        tokenizer.EncodeIds(text, ids, (isQuery ? QueryLength : DocumentLength) - 1);
        ids.Insert(Math.Min(1, ids.Count), isQuery ? QueryMarker : DocumentMarker);
        var seen = ids.Count;
        if (isQuery && Expands)
        {
            ids.AddRange(Enumerable.Repeat(tokenizer.Special.Mask ?? tokenizer.Special.Padding ?? 0, Math.Max(0, QueryLength - seen)));
        }

        return ([.. ids], AttendsToExpansion ? ids.Count : seen);
    }

    private static LateInteraction Read(
        JsonElement root,
        Tokenizer tokenizer,
        (string Name, string Missing) query,
        (string Name, string Missing) document,
        (string Query, string Document) lengths,
        string attends,
        ModelFolder folder)
    {
        int Marker((string Name, string Missing) marker) => tokenizer.TokenToId(JsonFile.Text(root, marker.Name) ?? marker.Missing)
            ?? throw new InvalidDataException(
                $"{folder.Path}: the tokenizer has no token \"{JsonFile.Text(root, marker.Name) ?? marker.Missing}\", "
                + "which marks queries or documents: use the model's own tokenizer.");
        int Length(string name, int missing) => (JsonFile.Integer(root, name) ?? missing) is >= 4 and var length ? length
            : throw new InvalidDataException($"{folder.Path}: \"{name}\" must be a number of tokens of at least 4.");
        return new LateInteraction(
            Marker(query),
            Marker(document),
            Length(lengths.Query, 32),
            Length(lengths.Document, 180),
            JsonFile.Flag(root, "do_query_expansion") ?? true,
            JsonFile.Flag(root, attends) ?? false,
            JsonFile.Flag(root, "mask_punctuation") == false ? new HashSet<int>() : ReadSkipped(root, tokenizer));
    }

    private static HashSet<int> ReadSkipped(JsonElement root, Tokenizer tokenizer)
    {
        var words = JsonFile.Optional(root, "skiplist_words") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)
            : Punctuation.Select(symbol => symbol.ToString());
        return [.. words.Select(tokenizer.TokenToId).OfType<int>()];
    }
}

namespace Simile.Tokenizers;

/// <summary>Which encoding a model of OpenAI uses, as tiktoken's own table (tiktoken/model.py) says it.</summary>
internal static class TiktokenModels
{
    // Whole names first: "gpt-4" is no beginning of "gpt-4o".
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["o1"] = "o200k_base",
        ["o3"] = "o200k_base",
        ["o4-mini"] = "o200k_base",
        ["gpt-5"] = "o200k_base",
        ["gpt-4.1"] = "o200k_base",
        ["gpt-4o"] = "o200k_base",
        ["gpt-4"] = "cl100k_base",
        ["gpt-3.5-turbo"] = "cl100k_base",
        ["gpt-3.5"] = "cl100k_base",
        ["gpt-35-turbo"] = "cl100k_base",
        ["davinci-002"] = "cl100k_base",
        ["babbage-002"] = "cl100k_base",
        ["text-embedding-ada-002"] = "cl100k_base",
        ["text-embedding-3-small"] = "cl100k_base",
        ["text-embedding-3-large"] = "cl100k_base",
        ["text-davinci-003"] = "p50k_base",
        ["text-davinci-002"] = "p50k_base",
        ["text-davinci-001"] = "r50k_base",
        ["gpt-2"] = "gpt2",
    };

    private static readonly (string Begin, string Encoding)[] Families =
    [
        ("o1-", "o200k_base"), ("o3-", "o200k_base"), ("o4-mini-", "o200k_base"), ("gpt-5-", "o200k_base"),
        ("gpt-4.5-", "o200k_base"), ("gpt-4.1-", "o200k_base"), ("chatgpt-4o-", "o200k_base"),
        ("gpt-4o-", "o200k_base"), ("gpt-4-", "cl100k_base"), ("gpt-3.5-turbo-", "cl100k_base"),
        ("gpt-35-turbo-", "cl100k_base"), ("ft:gpt-4o", "o200k_base"), ("ft:gpt-4", "cl100k_base"),
        ("ft:gpt-3.5-turbo", "cl100k_base"),
    ];

    /// <summary>The name of the encoding; null for a model that the table does not have.</summary>
    public static string? EncodingOf(string model) =>
        Names.GetValueOrDefault(model) ?? Array.Find(Families, family => model.StartsWith(family.Begin, StringComparison.Ordinal)).Encoding;
}

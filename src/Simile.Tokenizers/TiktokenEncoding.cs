namespace Simile.Tokenizers;

/// <summary>What a file of tiktoken ranks does not contain: the pattern that splits text into words, and the special tokens.</summary>
/// <param name="Pattern">The pattern of words, in the syntax of Rust's fancy-regex.</param>
/// <param name="SpecialTokens">Special tokens and their ids.</param>
public sealed record TiktokenEncoding(string Pattern, IReadOnlyDictionary<string, int> SpecialTokens)
{
    private const string R50kPattern = @"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s";

    private const string Cl100kPattern =
        @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s";

    private const string O200kPattern =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly Dictionary<string, TiktokenEncoding> Known = new(StringComparer.Ordinal)
    {
        ["gpt2"] = new(R50kPattern, Tokens(("<|endoftext|>", 50256))),
        ["r50k_base"] = new(R50kPattern, Tokens(("<|endoftext|>", 50256))),
        ["p50k_base"] = new(R50kPattern, Tokens(("<|endoftext|>", 50256))),
        ["p50k_edit"] = new(
            R50kPattern, Tokens(("<|endoftext|>", 50256), ("<|fim_prefix|>", 50281), ("<|fim_middle|>", 50282), ("<|fim_suffix|>", 50283))),
        ["cl100k_base"] = new(Cl100kPattern, Tokens(
            ("<|endoftext|>", 100257),
            ("<|fim_prefix|>", 100258),
            ("<|fim_middle|>", 100259),
            ("<|fim_suffix|>", 100260),
            ("<|endofprompt|>", 100276))),
        ["o200k_base"] = new(O200kPattern, Tokens(("<|endoftext|>", 199999), ("<|endofprompt|>", 200018))),
    };

    /// <summary>The names of the known encodings: gpt2, r50k_base, p50k_base, p50k_edit, cl100k_base and o200k_base.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>An encoding as OpenAI published it.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static TiktokenEncoding Get(string name) => Known.GetValueOrDefault(name)
        ?? throw new ArgumentException(
            $"{name} is not a known encoding ({string.Join(", ", Known.Keys)}): give its pattern and special tokens.", nameof(name));

    /// <summary>
    /// The name of the encoding that a model of OpenAI uses: <c>gpt-4o</c> has o200k_base, <c>text-embedding-3-small</c> cl100k_base. An
    /// encoding's own name is itself; null for any other.
    /// </summary>
    public static string? NameFor(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Known.ContainsKey(model) ? model : TiktokenModels.EncodingOf(model);
    }

    private static Dictionary<string, int> Tokens(params (string Token, int Id)[] tokens) =>
        tokens.ToDictionary(t => t.Token, t => t.Id, StringComparer.Ordinal);
}

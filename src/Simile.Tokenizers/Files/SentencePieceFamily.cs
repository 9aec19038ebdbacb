using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

/// <summary>
/// What a model family adds to its SentencePiece model: other ids, special tokens around texts and in texts. The model file does not hold
/// it.
/// </summary>
/// <remarks>As in transformers' tokenizers that read a bare .model file. A tokenizer.json beside the model takes precedence.</remarks>
internal sealed partial record SentencePieceFamily
{
    /// <summary>Whether the model's begin symbol precedes a text, if there is no template.</summary>
    public bool Begins { get; init; } = true;

    /// <summary>Whether the model's end symbol follows a text, if there is no template.</summary>
    public bool Ends { get; init; }

    /// <summary>
    /// Whether pieces after special tokens have no ▁ before them (Llama with legacy: false); null if the model has no such option.
    /// </summary>
    public bool? MarksFirstOnly { get; init; }

    /// <summary>Changes the vocabulary; null for no change.</summary>
    public Func<ScoredPieces, ScoredPieces>? Pieces { get; init; }

    /// <summary>
    /// Special tokens by name ("cls") with the family's defaults, which tokenizer_config.json may replace. All are searched in texts.
    /// </summary>
    public IReadOnlyList<(string Role, string Content)> Roles { get; init; } = [];

    /// <summary>Whether the mask token takes the white space before it.</summary>
    public bool StripsBeforeMask { get; init; } = true;

    /// <summary>Further special tokens that are searched in texts.</summary>
    public IReadOnlyList<string> InTexts { get; init; } = [];

    /// <summary>
    /// The special tokens around a text and a pair, with type ids: "cls A sep", "cls A sep B:1 sep:1". Null: <see cref="Begins"/> and
    /// <see cref="Ends"/> decide.
    /// </summary>
    public (string Single, string Pair)? Template { get; init; }

    /// <summary>A normalizer that runs before the model's own.</summary>
    public IReadOnlyList<Normalizer> Before { get; init; } = [];

    /// <summary>The family of a folder. tokenizer_config.json decides about begin and end symbols.</summary>
    /// <exception cref="NotSupportedException">The model family is unknown.</exception>
    public static SentencePieceFamily Of(ModelFolder folder)
    {
        var family = Named(folder.Family, folder.Config);
        return family with
        {
            Begins = folder.Config["add_bos_token"].Flag(family.Begins),
            Ends = folder.Config["add_eos_token"].Flag(family.Ends),
        };
    }

    /// <summary>The special tokens of texts.</summary>
    public IEnumerable<AddedToken> Added(FolderTokens tokens)
    {
        foreach (var (role, content) in Roles)
        {
            tokens.Add(role + "_token", content, leftStrip: role == "mask" && StripsBeforeMask);
        }

        foreach (var content in InTexts)
        {
            tokens.Add(content, content);
        }

        // Tokens are searched in the raw text, before any normalizer.
        return tokens.All.Select(token => token with { Normalized = false });
    }

    /// <summary>The special tokens around texts.</summary>
    /// <param name="tokens">The special tokens.</param>
    /// <param name="begin">The model's begin symbol, "" for none.</param>
    /// <param name="end">The model's end symbol, "" for none.</param>
    public PostProcessor Around(FolderTokens tokens, string begin, string end)
    {
        return Template is { } template
            ? new PostProcessor([.. Read(template.Single)], [.. Read(template.Pair)])
            : new PostProcessor([.. Text(0)], [.. Text(0), .. Text(1)]);

        IEnumerable<TemplatePart> Text(int text) =>
        [
            .. Begins ? Own("bos", begin, text) : [],
            TemplatePart.Sequence(text, text),
            .. Ends ? Own("eos", end, text) : [],
        ];

        IEnumerable<TemplatePart> Own(string role, string symbol, int type)
        {
            var token = tokens.Find(role + "_token", symbol);
            return token.Id >= 0 ? [TemplatePart.Special(token.Content, token.Id, type)] : [];
        }

        IEnumerable<TemplatePart> Read(string template) => template.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Part);

        TemplatePart Part(string part)
        {
            var (name, type) = part.Split(':') is [var first, var second] ? (first, second[0] - '0') : (part, 0);
            if (name is "A" or "B")
            {
                return TemplatePart.Sequence(name[0] - 'A', type);
            }

            var token = tokens.Require(name + "_token", Roles.First(role => role.Role == name).Content);
            return TemplatePart.Special(token.Content, token.Id, type);
        }
    }
}

using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.PostProcessors;

namespace Simile.Tokenizers.Files;

/// <summary>What a family of networks adds to its SentencePiece model: other ids, symbols around texts, symbols in texts. The model file does not say it.</summary>
/// <remarks>As the tokenizers of transformers that read a bare .model file have it; a tokenizer.json beside it comes first.</remarks>
internal sealed partial record SentencePieceFamily
{
    /// <summary>Whether the model's symbol for a beginning stands before a text, where no template says what stands there.</summary>
    public bool Begins { get; init; } = true;

    /// <summary>Whether its symbol for an end stands behind a text, where no template says what stands there.</summary>
    public bool Ends { get; init; }

    /// <summary>Whether pieces behind special tokens have no ▁ before them (Llama with legacy: false); null for a model that has no choice.</summary>
    public bool? MarksFirstOnly { get; init; }

    /// <summary>Changes the vocabulary; null leaves it.</summary>
    public Func<ScoredPieces, ScoredPieces>? Pieces { get; init; }

    /// <summary>Special tokens by role ("cls") as the family spells them; tokenizer_config.json may spell them otherwise. All are found in texts.</summary>
    public IReadOnlyList<(string Role, string Content)> Roles { get; init; } = [];

    /// <summary>Whether the mask takes the white space before it.</summary>
    public bool StripsBeforeMask { get; init; } = true;

    /// <summary>Further special tokens that are found in texts.</summary>
    public IReadOnlyList<string> InTexts { get; init; } = [];

    /// <summary>Roles around a text and a pair, each with its type id: "cls A sep", "cls A sep B:1 sep:1". null: <see cref="Begins"/> and <see cref="Ends"/>.</summary>
    public (string Single, string Pair)? Template { get; init; }

    /// <summary>What happens to a text before the model's own normalizer.</summary>
    public IReadOnlyList<Normalizer> Before { get; init; } = [];

    /// <summary>The family that a folder names; its tokenizer_config.json has the last word on beginning and end.</summary>
    /// <exception cref="NotSupportedException">The folder names a family that is not known.</exception>
    public static SentencePieceFamily Of(ModelFolder folder)
    {
        var family = Named(folder.Family, folder.Config);
        return family with { Begins = folder.Config["add_bos_token"].Flag(family.Begins), Ends = folder.Config["add_eos_token"].Flag(family.Ends) };
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

        // Tokens are found in the text as it is given, before any normalizer.
        return tokens.All.Select(token => token with { Normalized = false });
    }

    /// <summary>What stands around texts.</summary>
    /// <param name="tokens">The special tokens.</param>
    /// <param name="begin">The model's own symbol for a beginning, "" for none.</param>
    /// <param name="end">The model's own symbol for an end, "" for none.</param>
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

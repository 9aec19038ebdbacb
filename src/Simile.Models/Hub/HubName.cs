namespace Simile.Models;

/// <summary>
/// The name of a model on the hub: <c>OWNER/NAME</c>, or an old name without an owner; optionally @ and a branch, tag or commit.
/// </summary>
/// <param name="Repository">Owner and name, as the hub's cache keeps them.</param>
/// <param name="Revision">Branch, tag or commit; null for the branch "main".</param>
internal sealed record HubName(string Repository, string? Revision)
{
    private const int LongestName = 96;
    private const int CommitLength = 40;

    // Prefixes of old names, from before the hub had owners. The hub still resolves them.
    private static readonly (string Begin, string Owner)[] Old =
    [
        ("albert-", "albert"), ("bert-", "google-bert"), ("camembert-", "almanach"),
        ("distilbert-", "distilbert"), ("distilgpt2", "distilbert"), ("distilroberta-", "distilbert"),
        ("gpt2", "openai-community"), ("openai-gpt", "openai-community"), ("roberta-", "FacebookAI"),
        ("t5-", "google-t5"), ("xlm-", "FacebookAI"), ("xlnet-", "xlnet"),
    ];

    /// <summary>The revision's name in the cache's refs.</summary>
    public string Branch => Revision ?? "main";

    /// <summary>Whether the revision is a commit, which never changes.</summary>
    public bool IsCommit => Revision is { Length: CommitLength } && Revision.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether this is a valid model name on the hub.</summary>
    public static bool IsName(string text) => Parse(text) is not null;

    /// <summary>Parses a name; null if it is not valid.</summary>
    public static HubName? Parse(string text)
    {
        var (name, revision) = text.Split('@') switch
        {
            [var only] => (only, null),
            [var first, var behind] => (first, behind),
            _ => (string.Empty, null),
        };
        return name.Split('/').Length <= 2 && Array.TrueForAll(name.Split('/'), IsPart)
            && name.Length <= LongestName && (revision is null || IsRevision(revision))
            ? new HubName(name, revision)
            : null;
    }

    /// <summary>
    /// The repositories that a name may mean, in the order to try. A name with an owner means itself. An old name means itself, then the
    /// name with its owner. Any other name means a model of sentence-transformers, then itself.
    /// </summary>
    public IEnumerable<HubName> Candidates() =>
        Repository.Contains('/', StringComparison.Ordinal) ? [this]
        : Array.Find(Old, old => Repository.StartsWith(old.Begin, StringComparison.Ordinal)) is { Owner: { } owner }
            ? [this, this with { Repository = $"{owner}/{Repository}" }]
        : [this with { Repository = $"sentence-transformers/{Repository}" }, this];

    public override string ToString() => Revision is null ? Repository : $"{Repository}@{Revision}";

    private static bool IsPart(string part) =>
        part is [not ('.' or '-'), ..] && part[^1] is not ('.' or '-')
        && !part.Contains("..", StringComparison.Ordinal) && !part.Contains("--", StringComparison.Ordinal)
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsRevision(string revision) =>
        Array.TrueForAll(
            revision.Split('/'),
            part => part is [not '.', ..] && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+'));
}

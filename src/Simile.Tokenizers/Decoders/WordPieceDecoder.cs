namespace Simile.Tokenizers.Decoders;

/// <summary>Joins continuation tokens, puts a space before all others, and removes spaces before English punctuation.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleanUp, TokenSink next) : WholeTokenDecoder(next)
{
    private static readonly (string From, string To)[] Mendings =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private bool _isLater;

    /// <summary>Removes spaces before punctuation and English contractions, token by token.</summary>
    public static string Mend(string token)
    {
        if (token.Contains(' ', StringComparison.Ordinal))
        {
            foreach (var (from, to) in Mendings)
            {
                token = token.Replace(from, to, StringComparison.Ordinal);
            }
        }

        return token;
    }

    protected override void Push(ReadOnlySpan<char> token)
    {
        var text = !_isLater ? token.ToString()
            : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..].ToString()
            : string.Concat(" ", token);
        _isLater = true;
        Next.Push(cleanUp ? Mend(text) : text, ends: true);
    }
}

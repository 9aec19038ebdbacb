namespace Simile.Tokenizers.Decoders;

/// <summary>Joins tokens that go on with a word, puts a space before all others and mends spaces before English punctuation.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleanUp) : Decoder
{
    private static readonly (string From, string To)[] Mendings =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public override void Decode(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (i > 0)
            {
                token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
            }

            tokens[i] = cleanUp ? Mend(token) : token;
        }
    }

    private static string Mend(string token)
    {
        foreach (var (from, to) in Mendings)
        {
            token = token.Replace(from, to, StringComparison.Ordinal);
        }

        return token;
    }
}

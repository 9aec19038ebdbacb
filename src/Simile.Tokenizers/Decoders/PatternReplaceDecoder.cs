using Simile.Tokenizers.Patterns;

namespace Simile.Tokenizers.Decoders;

/// <summary>Replaces the matches of a regular expression in each token.</summary>
internal sealed class PatternReplaceDecoder(Pattern what, string with, TokenSink next) : WholeTokenDecoder(next)
{
    protected override void Push(ReadOnlySpan<char> token)
    {
        // The reference does not search an empty token.
        if (token.IsEmpty)
        {
            Next.Push(token, ends: true);
            return;
        }

        var given = 0;
        var matches = new Matches(what, token);
        while (matches.MoveNext())
        {
            Next.Push(token[given..matches.Start], ends: false);
            Next.Push(with, ends: false);
            given = matches.End;
        }

        Next.Push(token[given..], ends: true);
    }
}

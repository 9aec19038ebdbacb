using System.Text;

namespace Simile.Models.Words;

/// <summary>Reads tokens and line ends from text files of any size, block by block.</summary>
internal sealed class TokenReader(WordSplit split, bool lowercase)
{
    /// <summary>Longer tokens are split into pieces of this length, because a file may have no line end at all.</summary>
    private const int LongestToken = 1000;

    private const int BlockLength = 1 << 16;

    private readonly char[] _buffer = new char[BlockLength + LongestToken];

    /// <summary>Receives tokens and line ends.</summary>
    public interface ISink
    {
        void Token(ReadOnlySpan<char> token);

        void EndLine();
    }

    /// <summary>Reads a UTF-8 file; invalid bytes become U+FFFD.</summary>
    public void Read(string path, ISink sink, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: BlockLength);
        var kept = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = reader.Read(_buffer, kept, BlockLength);
            var text = _buffer.AsSpan(0, kept + read);
            if (lowercase || split == WordSplit.Words)
            {
                Lower(text[kept..]);
            }

            var done = Cut(text, sink, isEnd: read == 0);
            if (read == 0)
            {
                sink.EndLine();
                return;
            }

            text[done..].CopyTo(_buffer);
            kept = text.Length - done;
        }
    }

    private static void Lower(Span<char> text)
    {
        foreach (ref var letter in text)
        {
            letter = char.ToLowerInvariant(letter);
        }
    }

    // A token at the end of a block may continue in the next block.
    private int Cut(ReadOnlySpan<char> text, ISink sink, bool isEnd)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\n')
            {
                sink.EndLine();
                at++;
            }
            else if (!IsToken(text[at]))
            {
                at++;
            }
            else
            {
                var end = EndOf(text, at);
                if (end == text.Length && !isEnd && end - at < LongestToken)
                {
                    return at;
                }

                end = Math.Min(end, at + LongestToken);
                sink.Token(text[at..end]);
                at = end;
            }
        }

        return text.Length;
    }

    private bool IsToken(char letter) =>
        split == WordSplit.Words ? char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) : !IsBlank(letter);

    private static bool IsBlank(char letter) => letter is ' ' or '\t' or '\r' or '\n' or '\v' or '\f' or '\0';

    private int EndOf(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && IsToken(text[at]))
        {
            at++;
        }

        // An apostrophe followed by letters; at the end of a block the next character is not yet known.
        if (split == WordSplit.Words && at < text.Length && text[at] == '\''
            && (at + 1 == text.Length || char.IsAsciiLetterLower(text[at + 1])))
        {
            var end = at + 1;
            while (end < text.Length && char.IsAsciiLetterLower(text[end]))
            {
                end++;
            }

            return end == at + 1 ? (end == text.Length ? end : at) : end;
        }

        return at;
    }
}

using System.Buffers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>A regular expression of tokenizer.json (Oniguruma's syntax) or of tiktoken (fancy-regex's), or a plain string.</summary>
/// <remarks>
/// Immutable and thread-safe. It exists because .NET's engine works on UTF-16 units with the Unicode tables of the runtime, and treats
/// possessive quantifiers, ^ and $ differently. Like the references it backtracks, so it finds the same matches. It remembers failures
/// once a match takes long, so that no pattern takes exponential time, and it refuses a text after a number of steps linear in its length.
/// </remarks>
internal sealed class Pattern
{
    private const int ShownLength = 80;
    private const int FewStarts = 128;

    private readonly string _source;
    private readonly string? _literal;
    private readonly MatchProgram? _program;
    private readonly SearchValues<char>? _starts;

    private Pattern(string source, string? literal, MatchProgram? program)
    {
        (_source, _literal, _program) = (source, literal, program);
        _starts = program?.First is { } first ? FindStarts(first.Ranges) : null;
    }

    /// <summary>Whether the syntax is Oniguruma's, where {1,3}+ is not possessive.</summary>
    public bool IsOniguruma { get; private init; }

    /// <summary>The pattern as it was given.</summary>
    public string Source => _source;

    /// <summary>Parses a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="path">The path for messages.</param>
    /// <param name="oniguruma">Whether the syntax is Oniguruma's. Otherwise it is fancy-regex's.</param>
    /// <exception cref="InvalidDataException">The pattern is malformed, or too deep or long.</exception>
    /// <exception cref="NotSupportedException">The pattern uses an unsupported feature, such as backreferences.</exception>
    public static Pattern Parse(string pattern, string path, bool oniguruma = true)
    {
        var node = new PatternParser(pattern, path, oniguruma).Parse();
        var writer = new ProgramWriter(
            why => new InvalidDataException($"{path}: the pattern {Show(pattern)} is malformed: {Files.JsonField.Clean(why)}."))
        {
            Word = oniguruma ? Properties.OnigurumaWord : Properties.RustWord,
        };
        return new Pattern(pattern, null, writer.Write(node)) { IsOniguruma = oniguruma };
    }

    /// <summary>A pattern that matches a literal string.</summary>
    public static Pattern Literal(string text) => new(text, text, null);

    /// <summary>
    /// The leftmost match that starts at <paramref name="from"/> or later. Text before <paramref name="from"/> is visible to ^, \b and
    /// lookbehinds.
    /// </summary>
    /// <param name="text">UTF-16 without unpaired surrogates.</param>
    /// <param name="from">Where to start, 0 to the length of the text, never inside a surrogate pair.</param>
    /// <param name="start">Start of the match.</param>
    /// <param name="end">End of the match.</param>
    /// <exception cref="InvalidDataException">The pattern takes too many steps on this text.</exception>
    public bool TryMatch(ReadOnlySpan<char> text, int from, out int start, out int end)
    {
        var steps = StepsFor(text.Length);
        return TryMatch(text, from, ref steps, out start, out end);
    }

    /// <summary>As the other overload, with a budget of steps that all matches in one text share.</summary>
    public bool TryMatch(ReadOnlySpan<char> text, int from, ref long steps, out int start, out int end)
    {
        if (_program is null)
        {
            var found = text[from..].IndexOf(_literal);
            start = from + found;
            end = start + _literal!.Length;
            return found >= 0;
        }

        var matcher = Matcher.Rent(_program, steps);
        try
        {
            var isFound = matcher.Find(text, from, _starts, out start, out end);
            steps = matcher.StepsLeft;
            return isFound ? true : steps >= 0 ? false : throw TooSlow(text.Length);
        }
        finally
        {
            matcher.Return();
        }
    }

    /// <summary>The step budget for a text: more than any linear-time pattern needs.</summary>
    public static long StepsFor(int length) => 100_000 + (500L * length);

    /// <summary>Formats a pattern for messages.</summary>
    public static string Show(string pattern) =>
        pattern.Length <= ShownLength ? $"'{Files.JsonField.Clean(pattern)}'" : $"'{Files.JsonField.Clean(pattern[..ShownLength])}...'";

    private static SearchValues<char>? FindStarts(CodePointRanges first)
    {
        var starts = new List<char>();
        foreach (var (low, high) in first.Ranges)
        {
            if (high > 0xD7FF || starts.Count + (high - low) >= FewStarts)
            {
                return null;
            }

            starts.AddRange(Enumerable.Range(low, high - low + 1).Select(c => (char)c));
        }

        return SearchValues.Create([.. starts]);
    }

    private InvalidDataException TooSlow(int length) =>
        new(
            $"The pattern {Show(_source)} takes too long on a text of {length} characters: "
            + "rewrite it so that it does not scan the same text repeatedly.");
}

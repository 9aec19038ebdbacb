using Simile.Tokenizers.Patterns;

namespace Simile.Tokenizers.Tests.Patterns;

public class HostilePatternTests
{
    private const int Length = 20_000;

    public static TheoryData<string, string> KnownPatterns()
    {
        string[] patterns =
        [
            @"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s",
            @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
            @"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
            @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
            @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
            @"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+",
            @"^\s+|\s+$",
            @" {2,}",
        ];
        string[] units =
        [
            "a", "A", "中", "😀", "\u0301", "1", " ", "\n", "\r\n", " \n", "'", "'s", "ſ", "a'", "- ", "<|", "Aa", " a", "  a",
        ];
        return [.. from pattern in patterns from unit in units select (pattern, unit)];
    }

    [Theory]
    [MemberData(nameof(KnownPatterns))]
    public void A_known_pattern_takes_steps_in_proportion_to_the_text(string pattern, string unit)
    {
        var one = StepsOfAll(pattern, unit, Length);
        var two = StepsOfAll(pattern, unit, 2 * Length);
        Assert.InRange(two, 0, (2.1 * one) + 1000);
    }

    // Backtracking alone would take exponential time on the first four and quadratic time on the rest.
    [Theory]
    [InlineData("(a+)+$", "a", "b")]
    [InlineData("(a|aa)+$", "a", "b")]
    [InlineData("(a|a)*b", "a", "c")]
    [InlineData("(?:a+b?)*?c", "a", "b")]
    [InlineData("a+b", "a", "")]
    [InlineData("a++b", "a", "")]
    [InlineData("a+?b", "a", "")]
    [InlineData("[ab]*a[ab]*c", "ab", "")]
    [InlineData(@"\s+$", " ", "b")]
    [InlineData("(?:ab)+c", "ab", "")]
    public void What_failed_once_is_not_tried_again(string pattern, string unit, string end)
    {
        var one = StepsOfFirst(pattern, unit, end, Length);
        var two = StepsOfFirst(pattern, unit, end, 2 * Length);
        Assert.InRange(two, 0, (2.1 * one) + 1000);
    }

    [Fact]
    public void A_pattern_that_explodes_in_a_way_that_is_not_remembered_is_refused_in_a_sentence()
    {
        var text = new string('a', 50_000) + "b";
        var parsed = Pattern.Parse("(?=(a+)+$)c|(?:a*)*$d", "here");
        Assert.Contains(
            "takes too long",
            Assert.Throws<InvalidDataException>(() => parsed.TryMatch(text, 0, out _, out _)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Matches_that_each_look_at_the_whole_rest_are_refused_together()
    {
        var text = new string('a', 50_000);
        Assert.Throws<InvalidDataException>(() =>
        {
            var matches = new Matches(Pattern.Parse("a(?=.*b)|a", "here"), text);
            while (matches.MoveNext())
            {
            }
        });
    }

    [Fact]
    public void A_text_of_two_million_units_needs_no_deep_stack()
    {
        var text = string.Concat(Enumerable.Repeat("ab", 1_000_000));
        Assert.True(Pattern.Parse("(?:ab|c)*(?:(?:a|b)b?)*$", "here").TryMatch(text, 0, out _, out var end));
        Assert.Equal(text.Length, end);
    }

    [Theory]
    [InlineData("(a", "a group is not closed")]
    [InlineData("a)", "closes a group that was not opened")]
    [InlineData("[a", "a class is not closed")]
    [InlineData("[]", "a class is not closed")]
    [InlineData("[b-a]", "is empty")]
    [InlineData("*a", "repeats nothing")]
    [InlineData("a|+", "repeats nothing")]
    [InlineData("a\\", "ends in a backslash")]
    [InlineData("[a\\", "a class is not closed")]
    [InlineData("a{3,2}", "counts down")]
    [InlineData("a{1001}", "more than 1000 times")]
    [InlineData("a{99999999999999999999}", "more than 1000 times")]
    [InlineData("(?:(?:ab){1000}){1000}", "longer than 10000 steps")]
    [InlineData("(?:(?:(?:a{0}){1000}){1000}){1000}|(", "a group is not closed")]
    [InlineData("a*****", "repetitions follow each other")]
    [InlineData(@"\p{L", "a property is not closed")]
    [InlineData(@"\p", @"ends in \p")]
    [InlineData(@"\x{110000}", "not a code point")]
    [InlineData(@"\x{}", "not one code point")]
    [InlineData(@"\x{12", "not closed")]
    [InlineData(@"\x{1g}", "not a number")]
    [InlineData(@"\u12", "too few digits")]
    [InlineData("(?<name", "not closed")]
    [InlineData("(?#a", "not closed")]
    [InlineData("(?i", "not closed")]
    [InlineData("(?<=", "not closed")]
    public void A_malformed_pattern_is_refused_in_a_sentence(string pattern, string why)
    {
        var message = Assert.Throws<InvalidDataException>(() => Pattern.Parse(pattern, "here")).Message;
        Assert.StartsWith("here: ", message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData(@"(?<n>a)\k<n>")]
    [InlineData(@"\g<0>")]
    [InlineData(@"\X")]
    [InlineData(@"a\Kb")]
    [InlineData(@"\Ga")]
    [InlineData(@"\p{Emoji}")]
    [InlineData("(?~a)")]
    [InlineData("(?(a)b|c)")]
    [InlineData("(*FAIL)")]
    [InlineData("(?<=a+)b")]
    [InlineData(@"\cA")]
    public void What_is_not_built_is_said(string pattern) =>
        Assert.StartsWith(
            "here: ", Assert.Throws<NotSupportedException>(() => Pattern.Parse(pattern, "here")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("(?:")]
    [InlineData("(?=")]
    [InlineData("(?i)")]
    [InlineData("[a&&[")]
    public void Deep_nesting_is_refused_in_a_sentence(string open)
    {
        var pattern = string.Concat(Enumerable.Repeat(open, 100_000));
        Assert.Contains(
            "nested more than 100 deep",
            Assert.Throws<InvalidDataException>(() => Pattern.Parse(pattern, "here")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Any_mutation_of_a_pattern_is_read_or_refused()
    {
        var random = new Random(3);
        var sources = KnownPatterns().Select(row => row.Data.Item1).Distinct().Append(@"(?<=[a-z&&[^b]]{2})(?>x|y)++\b(?x: a #b)")
            .ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            var pattern = sources[random.Next(sources.Length)].ToCharArray();
            for (var j = random.Next(1, 5); j > 0; j--)
            {
                pattern[random.Next(pattern.Length)] = @"()[]{}\|?*+^$.-&:,pPsdbxu012a<>=!i'"[random.Next(35)];
            }

            try
            {
                Pattern.Parse(new string(pattern, 0, random.Next(pattern.Length + 1)), "here", random.Next(2) == 0)
                    .TryMatch("It's a 12b\r\n  x", 0, out _, out _);
            }
            catch (Exception e) when (e is InvalidDataException or NotSupportedException)
            {
                Assert.StartsWith("here: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static long StepsOfAll(string pattern, string unit, int length)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
        var parsed = Pattern.Parse(pattern, "here");
        var (all, left) = (Pattern.StepsFor(text.Length), Pattern.StepsFor(text.Length));
        for (var from = 0; parsed.TryMatch(text, from, ref left, out _, out var end); from = end)
        {
        }

        return all - left;
    }

    private static long StepsOfFirst(string pattern, string unit, string end, int length)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length)) + end;
        var (all, left) = (Pattern.StepsFor(text.Length), Pattern.StepsFor(text.Length));
        Assert.False(Pattern.Parse(pattern, "here").TryMatch(text, 0, ref left, out _, out _));
        return all - left;
    }
}

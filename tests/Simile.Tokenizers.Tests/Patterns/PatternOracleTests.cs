using System.Text;
using System.Text.RegularExpressions;
using Simile.Tokenizers.Patterns;

namespace Simile.Tokenizers.Tests.Patterns;

public class PatternOracleTests
{
    private static readonly string[] Atoms =
    [
        "a", "b", "c", ".", "[ab]", "[^a]", "[a-c]", @"\w", @"\s", @"\d", "1", " ", @"\b", "(?=a)", "(?!b)", "(?<=a)", "(?<!b)",
        "(?<=ab|c)",
    ];
    private static readonly string[] Counts = ["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}"];

    // ^ and $ differ and are left out; what is possessive there is an atomic group here, which both know.
    [Fact]
    public void Finds_what_the_backtracking_engine_of_NET_finds()
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var source = RandomPattern(random, depth: 2);
            var text = RandomText(random, random.Next(9));
            try
            {
                Compare(source, text);
            }
            catch (RegexMatchTimeoutException)
            {
                // Ours does not explode here: HostilePatternTests.
            }
        }
    }

    private static void Compare(string source, string text)
    {
        var ours = Pattern.Parse(source, "here", oniguruma: false);
        var theirs = new Regex(source, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(20));
        for (var from = 0; from <= text.Length; from++)
        {
            var match = theirs.Match(text, from);
            var found = ours.TryMatch(text, from, out var start, out var end);
            Assert.True(
                found == match.Success && (!found || (start == match.Index && end == match.Index + match.Length)),
                $"'{source}' on '{text}' from {from}: {(found ? $"[{start}, {end})" : "nothing")}, "
                + $".NET {(match.Success ? $"[{match.Index}, {match.Index + match.Length})" : "nothing")}");
        }
    }

    private static string RandomPattern(Random random, int depth)
    {
        var pattern = new StringBuilder();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var atom = depth > 0 && random.Next(3) == 0 ? Group(random, depth) : Atoms[random.Next(Atoms.Length)];
            // Repetitions of what may be empty are left out, where .NET drops ways that the references take,
            // and those of atomic groups, where it takes (?>a{2,}){2} for a{4,}.
            var node = new PatternParser(atom, "here", oniguruma: false).Parse();
            pattern.Append(atom).Append(node.IsNullable || node is Atomic ? string.Empty : Counts[random.Next(Counts.Length)]);
        }

        return pattern.ToString();
    }

    private static string Group(Random random, int depth)
    {
        var open = random.Next(8) switch { 0 => "(?>", 1 => "(?=", 2 => "(?!", 3 => "(?i:", _ => "(?:" };
        var alternatives = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomPattern(random, depth - 1));
        return open + string.Join('|', alternatives) + ")";
    }

    private static string RandomText(Random random, int length)
    {
        const string Letters = "aaabbbcA1 ";
        return string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));
    }
}

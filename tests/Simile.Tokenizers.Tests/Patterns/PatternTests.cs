using Simile.Tokenizers.Patterns;

namespace Simile.Tokenizers.Tests.Patterns;

public class PatternTests
{
    // In Oniguruma's syntax. Matches of a text, joined by "|"; an empty one is "_".
    [Theory]
    [InlineData("", "ab", "_|_|_")]
    [InlineData("a", "banana", "a|a|a")]
    [InlineData("a|an", "ana", "a|a")]
    [InlineData("an|a", "ana", "an|a")]
    [InlineData("an?", "banana", "an|an|a")]
    [InlineData("[abn]+?a", "banana", "ba|na|na")]
    [InlineData("a*", "baa", "_|aa")]
    [InlineData("a*+a", "aaa", "")]
    [InlineData("a++b", "aaab", "aaab")]
    [InlineData("(?>a|ab)c", "abc ac", "ac")]
    [InlineData("(?:ab){2}", "ababab", "abab")]
    [InlineData("a{2,3}", "aaaaaaa", "aaa|aaa")]
    [InlineData("a{,2}", "aaa", "aa|a")]
    [InlineData("a{2}?", "aaa", "aa|_")]
    [InlineData("a{1,2}+", "aaa", "aaa")]
    [InlineData("a{,}", "aa{,}", "a{,}")]
    [InlineData("{", "a{", "{")]
    [InlineData(@"\x41\x{1F600}\u0042", "A😀B", "A😀B")]
    [InlineData(@"\t\n\r\f\v\a\e\0", "\t\n\r\f\v\a\u001b\0", "\t\n\r\f\v\a\u001b\0")]
    [InlineData(@"\.\*\[\\", @".*[\", @".*[\")]
    [InlineData(@".", "a\n😀", "a|😀")]
    [InlineData(@"(?m).+", "a\nb", "a\nb")]
    [InlineData(@"(?s).+", "a\nb", "a\nb")]
    [InlineData(@"[^a]", "a\nb", "\n|b")]
    [InlineData(@"[a-c-]+", "x-abc-d", "-abc-")]
    [InlineData(@"[]a]+", "a]b", "a]")]
    [InlineData(@"[\w-.]+", "a-b.c d", "a-b.c|d")]
    [InlineData(@"[a-z&&[^aeiou]]+", "banana", "b|n|n")]
    [InlineData(@"[^a-z&&[^aeiou]]+", "banana", "a|a|a")]
    [InlineData(@"[a[0-3]]+", "a0b4", "a0")]
    [InlineData(@"[[:alpha:]]+|[[:^space:][:digit:]]", "aé1 ", "aé|1")]
    [InlineData(@"[\]\-\\]+", @"a]-\", @"]-\")]
    [InlineData(@"\d+|\D+", "a1٣b", "a|1٣|b")]
    [InlineData(@"\s+|\S+", "a \u3000\u0085b", "a| \u3000\u0085|b")]
    [InlineData(@"\w+", "a_1é你²-\u200d", "a_1é你²")]
    [InlineData(@"\h+", "xyzfF9g", "fF9")]
    [InlineData(@"\p{Lu}+|\p{^L}|\P{L}", "AB1c", "AB|1")]
    [InlineData(@"\p{Han}+|\p{Script=Latin}+|\p{hiragana}+", "ab你好あ１", "ab|你好|あ")]
    [InlineData(@"\p{Letter}\pL\p{General_Category=Nd}", "ab1", "ab1")]
    [InlineData(@"\p{L}+", "a𐐀𠮷b", "a𐐀𠮷b")]
    [InlineData(@"[𐐀-𐑏]", "𐐀x𐑏𐑐", "𐐀|𐑏")]
    [InlineData(@"^.", "ab\ncd\n", "a|c")]
    [InlineData(@"$", "a\n", "_|_")]
    [InlineData(@"^", "a\n", "_")]
    [InlineData(@"\Aa|b\z", "aab\nab", "a|b")]
    [InlineData(@"b\Z", "b\nb\n", "b")]
    [InlineData(@"\ba|a\b", "aaa", "a|a")]
    [InlineData(@"\Ba", "aba", "a")]
    [InlineData(@"a(?=b)", "aab", "a")]
    [InlineData(@"a(?!b)", "aab", "a")]
    [InlineData(@"(?<=a)b", "bab", "b")]
    [InlineData(@"(?<!a)b", "bab", "b")]
    [InlineData(@"(?<=a|😀{1,2})b", "😀bab b", "b|b")]
    [InlineData(@"\s+(?!\S)|\s+", "a   b ", "  | | ")]
    [InlineData(@"(?i)straße", "STRAßE STRAẞE", "STRAßE|STRAẞE")]
    [InlineData(@"(?i:'s|k)", "'S'ſK\u212A", "'S|'ſ|K|\u212A")]
    [InlineData(@"a(?i)b|c", "aB C c aC", "aB|aC")]
    [InlineData(@"(?i:[b-d])a", "BaBA", "Ba")]
    [InlineData(@"(?i)[^k]", "kK\u212Ax", "x")]
    [InlineData(@"(?i)a(?-i)b", "ABAb", "Ab")]
    [InlineData(@"(?x) a b # comment
        c", "abc", "abc")]
    [InlineData(@"a(?#no)b", "ab", "ab")]
    [InlineData(@"(?<name>a)(b)", "ab", "ab")]
    [InlineData(@"(a|b*)*c", "abbac", "abbac")]
    [InlineData(@"(|a)*b", "aab", "aab")]
    [InlineData(@"(?:a*)+$", "aab", "_")]
    [InlineData(@"\R", "a\r\nb\n", "\r\n|\n")]
    public void Finds_what_Oniguruma_finds(string pattern, string text, string expected) =>
        Assert.Equal(expected, Matches(Pattern.Parse(pattern, "here"), text));

    [Theory]
    [InlineData(@"b$", "b\nb\n", "")]
    [InlineData(@"b$", "b\nb", "b")]
    [InlineData(@"(?m)^b$", "b\nb\n", "b|b")]
    [InlineData(@"^b", "b\nb", "b")]
    [InlineData(@"a{1,3}+a", "aaa", "")]
    [InlineData(@"a(?i)b|C", "aBc", "aB|c")]
    [InlineData(@"\w+", "²a\u200db", "a\u200db")]
    [InlineData(@"(?i)\p{Lu}", "a", "a")]
    public void Finds_what_fancy_regex_finds(string pattern, string text, string expected) =>
        Assert.Equal(expected, Matches(Pattern.Parse(pattern, "here", oniguruma: false), text));

    [Theory]
    [InlineData("", "ab", "_|_|_")]
    [InlineData("a.", "a.ab", "a.")]
    [InlineData("😀", "x😀", "😀")]
    public void Finds_a_string_as_it_is(string literal, string text, string expected) =>
        Assert.Equal(expected, Matches(Pattern.Literal(literal), text));

    private static string Matches(Pattern pattern, string text)
    {
        var found = new List<string>();
        var matches = new Matches(pattern, text);
        while (matches.MoveNext())
        {
            found.Add(matches.End > matches.Start ? text[matches.Start..matches.End] : "_");
        }

        return string.Join('|', found);
    }
}

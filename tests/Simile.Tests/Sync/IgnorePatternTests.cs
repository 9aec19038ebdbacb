using Simile.Sync.Ignoring;

namespace Simile.Tests.Sync;

public class IgnorePatternTests
{
    // What gitignore(5) says; a path with a slash at its end is a folder.
    [Theory]
    [InlineData("*.log", "a.log b/c.log", "a.logs log")]
    [InlineData("/a", "a", "b/a")]
    [InlineData("a/b", "a/b", "c/a/b")]
    [InlineData("a/", "a/ b/a/", "a b/a")]
    [InlineData("**/a/b", "a/b x/a/b x/y/a/b", "a/c/b")]
    [InlineData("a/**", "a/b a/b/c", "a b/a/c")]
    [InlineData("a/**/b", "a/b a/x/b a/x/y/b", "a/bx x/a/b")]
    [InlineData("a?c", "abc x/axc", "ac abbc")]
    [InlineData("[a-c]x", "ax bx", "dx Bx")]
    [InlineData("[!a-c]x", "dx", "ax")]
    [InlineData("[]]x", "]x", "ax")]
    [InlineData("[[:digit:]]*", "1 2a", "a1")]
    [InlineData("a[b", "a[b", "ab")]
    [InlineData("\\#a", "#a", "a")]
    [InlineData("\\!a", "!a", "a")]
    [InlineData("a\\*", "a*", "ab")]
    [InlineData("a ", "a", "")]
    [InlineData("a\\ ", "a\u0020", "b")]
    [InlineData("*", "a b/c", "")]
    [InlineData("foo/*", "foo/a", "foo/a/b foo")]
    [InlineData("a**b", "ab axxb", "a/b")]
    [InlineData("/**/x.txt", "x.txt a/x.txt", "xx.txt")]
    public void Patterns_match_as_those_of_git(string pattern, string matching, string others)
    {
        Assert.All(Paths(matching), path => Assert.True(Matches(pattern, path), path));
        Assert.All(Paths(others), path => Assert.False(Matches(pattern, path), path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# comment")]
    [InlineData("/")]
    public void Empty_lines_and_comments_are_no_patterns(string line) => Assert.Null(IgnorePattern.Parse(line));

    [Fact]
    public void Many_stars_do_not_take_long()
    {
        var name = new string('a', 5000);
        Assert.False(Matches(string.Concat(Enumerable.Repeat("*a", 200)) + "b", name));
        Assert.False(Matches(string.Concat(Enumerable.Repeat("**/a/", 200)) + "b", string.Join('/', Enumerable.Repeat("a", 2000))));
    }

    private static string[] Paths(string list) =>
        list.Trim() == "a" && list != "a" ? [list] : list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool Matches(string pattern, string path) =>
        IgnorePattern.Parse(pattern)!.Matches(path.TrimEnd('/').Split('/'), path.EndsWith('/'));
}

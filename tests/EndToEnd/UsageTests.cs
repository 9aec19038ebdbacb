namespace EndToEnd;

public sealed class UsageTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("is none of the verbs", "nonsense")]
    [InlineData("--nonsense", "embed", "--nonsense")]
    [InlineData("-z", "tokenize", "-z")]
    [InlineData("two texts", "similarity", "alone")]
    [InlineData(".npy", "embed", "--out", "vectors.txt")]
    [InlineData("many", "find", "query", ".", "--top", "many")]
    [InlineData("at least 1", "find", "query", ".", "--top", "0")]
    [InlineData("--image", "search", "--store", "s")]
    [InlineData("--image", "search", "query", "--image", "a.png")]
    [InlineData("PATH", "find", "query")]
    [InlineData("'tcsh'", "completions", "tcsh")]
    [InlineData("--out", "models", "distill", "simile/base")]
    public void Wrong_usage_is_one_sentence_and_exit_code_2(string word, params string[] arguments)
    {
        var run = _tool.Run(arguments);
        run.FailsWith(2, word, "--help");
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData()]
    [InlineData("find")]
    [InlineData("search")]
    [InlineData("index")]
    [InlineData("embed")]
    [InlineData("similarity")]
    [InlineData("tokenize")]
    [InlineData("completions")]
    [InlineData("models", "list")]
    [InlineData("models", "info")]
    [InlineData("models", "distill")]
    [InlineData("models", "pack")]
    public void Every_verb_has_help_with_examples(params string[] verb)
    {
        var help = _tool.Run([.. verb, "--help"]).Succeeds();
        Assert.Contains("Usage:", help.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  ", help.Output, StringComparison.Ordinal);
        Assert.Contains(
            "simile " + string.Join(' ', verb),
            help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..],
            StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Fact]
    public void Help_shows_what_each_verb_takes_itself_and_the_page_has_every_verb()
    {
        var page = File.ReadAllText(Path.Combine(Simile.Testing.Assets.Repository, "docs", "cli.md"));
        var verbs = Verbs().ToArray();
        Assert.Contains("index build", verbs);
        foreach (var verb in verbs)
        {
            var help = _tool.Run([.. verb.Split(' '), "--help"]).Succeeds().Output;
            Assert.Matches($@"Usage:\n  simile {verb} [<\[]", help);
            Assert.Contains($"`{verb}", page, StringComparison.Ordinal);
            if (help.Contains("--json", StringComparison.Ordinal))
            {
                Assert.Matches($@"\n\| .*`{verb}.* \| .*\{{""", page);
            }
        }
    }

    [Fact]
    public void Version_is_one_line()
    {
        var version = _tool.Run("--version").Succeeds();
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", version.Output);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Completions_ask_the_tool(string shell) =>
        Assert.Contains("[suggest:", _tool.Run("completions", shell).Succeeds().Output, StringComparison.Ordinal);

    [Fact]
    public void The_tool_knows_what_completes_a_line()
    {
        Assert.Equal("embed\n", _tool.Run("[suggest:9]", "simile emb").Succeeds().Output);
        Assert.Contains("--decode\n", _tool.Run("[suggest:18]", "simile tokenize --").Succeeds().Output, StringComparison.Ordinal);
    }

    private IEnumerable<string> Verbs(string above = "")
    {
        var lines = _tool.Run([.. above.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Succeeds().Output.Split('\n');
        var commands = lines.SkipWhile(line => line != "Commands:").Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal));
        foreach (var name in commands.Select(line => line.TrimStart().Split(' ')[0])
            .Where(name => name.Length > 0 && char.IsAsciiLetter(name[0])))
        {
            var verb = $"{above} {name}".Trim();
            yield return verb;
            if (above.Length == 0)
            {
                foreach (var below in Verbs(verb))
                {
                    yield return below;
                }
            }
        }
    }
}

namespace EndToEnd;

/// <summary>Standard streams that are closed or full.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly Tool _tool = new();

    public StreamTests() => _tool.Write("notes/a.txt", "Penguins are birds that cannot fly.\n");

    public void Dispose() => _tool.Dispose();

    public static TheoryData<string, string, int> Messages() => new MatrixTheoryData<string, (string Command, int Code)>(
        ["2>&-", "2>/dev/full", ">/dev/null 2>&-"],
        [
            ("nonsense", 2), ("find", 2), ("find bird nowhere", 1), ("embed nowhere.txt", 1), ("embed --text bird --model nowhere", 1),
            ("models list", 0), ("index notes --store s", 0),
        ])
        .Aggregate(new TheoryData<string, string, int>(), (rows, row) =>
        {
            rows.Add(row.Data.Item1, row.Data.Item2.Command, row.Data.Item2.Code);
            return rows;
        });

    [Theory]
    [MemberData(nameof(Messages))]
    public void Messages_that_nobody_can_be_given_end_nothing(string redirection, string command, int code)
    {
        var run = _tool.RunShell($"dotnet \"$SIMILE\" {command} {redirection}; echo ended $?");
        Assert.EndsWith($"ended {code}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Skipped_files_are_counted_though_nobody_can_be_told()
    {
        File.WriteAllBytes(_tool.In("notes/b.png"), [1, 2, 3]);
        Assert.EndsWith(
            "ended 3\n", _tool.RunShell("dotnet \"$SIMILE\" index notes --store s 2>&-; echo ended $?").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">&-", "Standard output is closed")]
    [InlineData(">/dev/full", "full")]
    public void Answers_that_cannot_be_written_are_a_failure(string redirection, string word)
    {
        foreach (var command in (string[])
        [
            "models list", "--help", "help find", "--version", "find bird notes", "embed notes/a.txt", "completions bash",
            "tokenize --text bird",
        ])
        {
            _tool.RunShell($"dotnet \"$SIMILE\" {command} {redirection}").FailsWith(1, word);
        }
    }

    [Theory]
    [InlineData("embed")]
    [InlineData("embed -")]
    [InlineData("embed /dev/stdin")]
    [InlineData("tokenize -")]
    [InlineData("tokenize --decode -")]
    [InlineData("similarity --pairs -")]
    [InlineData("tokenize --train bpe - --out t.json")]
    public void Standard_input_that_is_closed_is_said(string command) =>
        _tool.RunShell($"dotnet \"$SIMILE\" {command} <&-").FailsWith(1, "Standard input is closed");

    [Fact]
    public void All_three_may_be_closed() =>
        Assert.Equal("ended 1\n", _tool.RunShell("dotnet \"$SIMILE\" embed - <&- >&- 2>&-; echo ended $?").Output);

    [Fact]
    public void Two_processes_write_to_one_file_one_after_the_other()
    {
        _tool.RunShell("(dotnet \"$SIMILE\" models list --json; dotnet \"$SIMILE\" nonsense; echo end) >all.txt 2>&1");
        var lines = File.ReadAllLines(_tool.In("all.txt"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("{", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("simile: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("end", lines[2]);
    }
}

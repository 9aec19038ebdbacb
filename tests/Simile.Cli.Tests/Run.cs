using System.Text;

namespace Simile.Cli.Tests;

/// <summary>The command line in this process, without its streams.</summary>
internal sealed record Run(int Code, string Output, string Error)
{
    public static Run Of(params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new StringBuilder();
        using var terminal = new Terminal(() => output, text => error.Append(text));
        var code = Failures.Guard(terminal, () => CommandLine.Run(arguments, terminal, CancellationToken.None));
        return new Run(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Checks that the line was refused as wrong usage, in one sentence that has these words.</summary>
    public void IsRefused(params string[] words)
    {
        Assert.True(Code == ExitCode.Usage, $"exit code {Code}: {Error}");
        Assert.Empty(Output);
        Assert.StartsWith("simile: ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("unforeseen", Error, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, Error, StringComparison.Ordinal));
    }
}

using System.Diagnostics;
using System.Text;

namespace Packages;

/// <summary>The output of a finished process.</summary>
internal sealed record Outcome(string Command, int Code, string Output, string Error)
{
    /// <summary>The lines of standard output. The test fails if the process did.</summary>
    public string[] Lines()
    {
        Assert.True(Code == 0, $"{Command}\nended with {Code}:\n{Output}\n{Error}");
        return Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>Runs programs in folders outside the repository, as a user of the packages would.</summary>
internal sealed class Shell(string folder, params (string Name, string Value)[] environment)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public Outcome Run(string program, params string[] arguments) => RunWithInput("", program, arguments);

    public Outcome RunWithInput(string input, string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Limit.TotalMinutes} minutes.");
        }

        return new Outcome($"{program} {string.Join(' ', arguments)}", process.ExitCode, output.Result, error.Result);
    }

    public Process Start(string program, params string[] arguments) => Process.Start(StartInfo(program, arguments))!;

    private ProcessStartInfo StartInfo(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };

        // Build servers would outlive the test and hold its folders.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Simile.Testing;

/// <summary>Runs a test in its own process, so that a crash does not end the other tests.</summary>
internal static class OwnProcess
{
    private const string Variable = "SIMILE_TEST_OWN_PROCESS";

    /// <summary>Starts this test program again, only for the calling test; <paramref name="body"/> runs there.</summary>
    /// <param name="test">The class of the test.</param>
    /// <param name="body">The test.</param>
    /// <param name="method">The test's name.</param>
    public static void Run(Type test, Action body, [CallerMemberName] string method = "")
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            body();
            return;
        }

        using var process = Start("-noColor", "-method", $"{test.FullName}.{method}");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"The process ended with {process.ExitCode}: {output}");
        Assert.Contains("Total: 1", output, StringComparison.Ordinal);
    }

    /// <summary>Starts this test program again.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Variable] = "1";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}

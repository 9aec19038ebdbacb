using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace EndToEnd;

/// <summary>The output of a finished process.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>The lines of standard output as JSON. Fails on other lines.</summary>
    public JsonElement[] Json =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Checks that the run failed with one clear sentence, without internal details.</summary>
    public void FailsWith(int code, params string[] words)
    {
        Assert.True(code == Code, $"exit code {Code}, expected {code}: {Error}");
        Assert.StartsWith("simile: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unforeseen", Error, StringComparison.Ordinal);
        foreach (var word in words)
        {
            Assert.Contains(word, Error, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Checks that the run succeeded, and returns it.</summary>
    public Outcome Succeeds()
    {
        Assert.True(Code == 0, $"exit code {Code}: {Error}");
        return this;
    }
}

/// <summary>The built tool as a separate process with its own home folder.</summary>
internal sealed class Tool : IDisposable
{
    // Longer than any machine needs: ends only processes that hang.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, string?> _environment =
        new() { ["NO_COLOR"] = null, ["SIMILE_MODEL"] = null, ["HF_HOME"] = null, ["HF_HUB_CACHE"] = null };

    public Tool()
    {
        Folder = Simile.Testing.Assets.NewFolder();
        _environment["XDG_CACHE_HOME"] = In("cache");
        _environment["LOCALAPPDATA"] = In("cache");
    }

    /// <summary>An empty folder: the process's current folder, deleted after the test.</summary>
    public string Folder { get; }

    public string In(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
        return In(name);
    }

    public Tool With(string variable, string? value)
    {
        _environment[variable] = value;
        return this;
    }

    public Outcome Run(params string[] arguments) => RunWith(string.Empty, arguments);

    public Outcome RunWith(string input, params string[] arguments) => RunWith(Encoding.UTF8.GetBytes(input), arguments);

    public Outcome RunWith(byte[] input, params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It may end without reading.
        }

        return new Outcome(End(process), output.Result, error.Result);
    }

    /// <summary>Runs a shell script in which <c>dotnet "$SIMILE"</c> is the tool.</summary>
    public Outcome RunShell(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for a POSIX shell.");
        using var process = Start(new ProcessStartInfo("sh", ["-c", script]));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return new Outcome(End(process), output.Result, error.Result);
    }

    /// <summary>Sends a signal by its name, such as INT.</summary>
    public static void Signal(Process process, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end of a process and returns its exit code. A hanging process is killed, and the test fails.</summary>
    public static int End(Process process)
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', process.StartInfo.ArgumentList)} hangs.");
        }

        return process.ExitCode;
    }

    public Process Start(params string[] arguments) => Start(new ProcessStartInfo("dotnet", [Dll, .. arguments]));

    /// <summary>How to start the tool, for clients that start it themselves.</summary>
    public ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments]) { WorkingDirectory = Folder };
        SetEnvironment(start);
        return start;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "Simile.Cli.dll");

    private Process Start(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        (start.StandardOutputEncoding, start.StandardErrorEncoding) = (new UTF8Encoding(false), new UTF8Encoding(false));
        start.WorkingDirectory = Folder;
        start.Environment["SIMILE"] = Dll;
        SignalDefaults.Restore();
        SetEnvironment(start);
        return Process.Start(start)!;
    }

    private void SetEnvironment(ProcessStartInfo start)
    {
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }
    }
}

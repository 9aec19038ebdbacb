// The test command: builds everything, runs each test program, adds up what they say.
//   dotnet run eng/Test.cs                  all tests
//   dotnet run eng/Test.cs golden [PART]    the cases below golden/PART of the folder SIMILE_ASSETS names

#:property RestorePackagesWithLockFile=false

using System.Diagnostics;
using System.Text.RegularExpressions;

var root = Environment.CurrentDirectory;
var assets = Environment.GetEnvironmentVariable("SIMILE_ASSETS");
if (args is not ([] or ["golden"] or ["golden", _]))
{
    Console.Error.WriteLine("Usage: ./test [golden [PART]]. PART is a folder below golden/, for example tokenizers.");
    return 2;
}

var only = args.Length > 0 ? "Golden" : null;
var part = args.Length > 1 ? args[1].Replace('\\', '/').Trim('/') : null;
if (part is not null && assets is { Length: > 0 } && !Directory.Exists(Path.Combine(assets, "golden", part)))
{
    Console.Error.WriteLine($"There is no folder golden/{part} in {assets}, which SIMILE_ASSETS names.");
    return 2;
}

var filter = part is null || assets is not { Length: > 0 } ? "" : $"-preEnumerateTheories -trait \"part={part.Split('/')[0]}\"";
if (Run($"build {(only is null ? "Simile.slnx" : $"tests/{only}")} -c Release --nologo -v quiet", null) != 0)
{
    Console.WriteLine("The build failed: no test ran.");
    return 1;
}

var (passed, failed, skipped) = (0, 0, 0);
foreach (var project in Directory.GetFiles("tests", "*.csproj", SearchOption.AllDirectories)
    .Select(path => Path.GetFileNameWithoutExtension(path))
    .Where(name => only is null || name == only)
    .Order(StringComparer.Ordinal))
{
    Console.WriteLine($"== {project}");
    var tally = (Total: 0, Failed: 0, Skipped: 0, Seen: false);
    var code = Run($"artifacts/bin/{project}/release/{project}.dll -noLogo -noColor -noAutoReporters {filter}", line =>
    {
        if (Summary().Match(line) is { Success: true } match)
        {
            tally = (Number(match, 1), Number(match, 2) + Number(match, 3), Number(match, 4), true);
        }
    });

    // A program that dies, or fails without a failed test, is a failure of its own.
    var died = !tally.Seen || (code != 0 && tally.Failed == 0) ? 1 : 0;
    passed += tally.Total - tally.Failed - tally.Skipped;
    failed += tally.Failed + died;
    skipped += tally.Skipped;
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 ? 0 : 1;

int Run(string command, Action<string>? read)
{
    var start = new ProcessStartInfo("dotnet", command) { WorkingDirectory = root, RedirectStandardOutput = read is not null };
    using var process = Process.Start(start)!;
    while (read is not null && process.StandardOutput.ReadLine() is { } line)
    {
        Console.WriteLine(line);
        read(line);
    }

    process.WaitForExit();
    return process.ExitCode;
}

static int Number(Match match, int group) => match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan) : 0;

internal static partial class Program
{
    [GeneratedRegex(@"Total: (\d+)(?:, Errors: (\d+), Failed: (\d+), Skipped: (\d+))?")]
    private static partial Regex Summary();
}

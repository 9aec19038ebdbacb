// The test command: builds everything, runs each test program, adds up what they say.
//   dotnet run eng/Test.cs                  all tests
//   dotnet run eng/Test.cs golden [PART]    the cases below golden/PART of the folder SIMILE_ASSETS names
//   dotnet run eng/Test.cs simd             the suites with vector kernels, with AVX-512, with AVX2 and with all intrinsics switched off

#:property RestorePackagesWithLockFile=false

using System.Diagnostics;
using System.Text.RegularExpressions;

var root = Environment.CurrentDirectory;
var assets = Environment.GetEnvironmentVariable("SIMILE_ASSETS");
if (args is not ([] or ["golden"] or ["golden", _] or ["simd"]))
{
    Console.Error.WriteLine("Usage: ./test [golden [PART] | simd]. PART is a folder below golden/, for example tokenizers.");
    return 2;
}

var only = args is ["golden", ..] ? "Golden" : null;

// Their kernels have a path for each vector width. The switch is an environment variable of the runtime.
string[] vectorized = ["Simile.Index.Tests", "Simile.Numerics.Tests", "Simile.Tokenizers.Tests"];
string[] withoutSome = args is ["simd"] ? ["DOTNET_EnableAVX512F", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"] : ["DOTNET_EnableAVX2"];
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

// What is not in the solution is run by hand: the conformance suite of Microsoft.Extensions.VectorData.
var solution = File.ReadAllText("Simile.slnx");
var (passed, failed, skipped) = (0, 0, 0);
foreach (var run in Directory.GetFiles("tests", "*.csproj", SearchOption.AllDirectories)
    .Where(path => solution.Contains($"\"{path.Replace('\\', '/')}\"", StringComparison.Ordinal))
    .Select(path => Path.GetFileNameWithoutExtension(path))
    .Where(name => only is null || name == only)
    .Order(StringComparer.Ordinal)
    .SelectMany(name => Runs(name)))
{
    var (project, without) = run;
    Console.WriteLine(without is null ? $"== {project}" : $"== {project}, {without}=0");
    var tally = (Total: 0, Failed: 0, Skipped: 0, Seen: false);
    var code = Run($"artifacts/bin/{project}/release/{project}.dll -noLogo -noColor -noAutoReporters {filter}", line =>
    {
        if (Summary().Match(line) is { Success: true } match)
        {
            tally = (Number(match, 1), Number(match, 2) + Number(match, 3), Number(match, 4), true);
        }
    }, without);

    // A program that dies, or fails without a failed test, is a failure of its own.
    var died = !tally.Seen || (code != 0 && tally.Failed == 0) ? 1 : 0;
    passed += tally.Total - tally.Failed - tally.Skipped;
    failed += tally.Failed + died;
    skipped += tally.Skipped;
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 ? 0 : 1;

IEnumerable<(string Project, string? Without)> Runs(string project)
{
    if (args is not ["simd"])
    {
        yield return (project, null);
    }

    foreach (var without in vectorized.Contains(project) ? withoutSome : [])
    {
        yield return (project, without);
    }
}

int Run(string command, Action<string>? read, string? without = null)
{
    var start = new ProcessStartInfo("dotnet", command) { WorkingDirectory = root, RedirectStandardOutput = read is not null };
    if (without is not null)
    {
        start.Environment[without] = "0";
    }

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

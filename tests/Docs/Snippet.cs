using System.Diagnostics;
using System.Text;
using Simile.Testing;

namespace Docs;

/// <summary>A compiled block as its own process, in a folder with what pages name: samples/, photos/, sounds/, models/.</summary>
internal sealed class Snippet : IDisposable
{
    private readonly string _program;
    private readonly string _config;

    private Snippet(string program)
    {
        (_program, _config) = (program, Path.ChangeExtension(program, ".runtimeconfig.json"));
        Folder = Assets.NewFolder();
    }

    /// <summary>Its current folder.</summary>
    public string Folder { get; }

    /// <summary>Compiles a block. The test fails if there are errors, and is skipped if it needs assets that are not there.</summary>
    public static Snippet Make(string page, Block block)
    {
        var name = $"Snippet.{string.Concat(page.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))}.{block.Line}.dll";
        var snippet = new Snippet(Path.Combine(AppContext.BaseDirectory, name));
        try
        {
            var errors = SnippetCompiler.Compile(block.Code, snippet._program);
            Assert.True(errors.Count == 0, $"{page}, line {block.Line}:\n{string.Join('\n', errors)}");
            File.WriteAllText(snippet._config, Frameworks.RuntimeConfig);
            Fixtures.Lay(snippet.Folder, block.Code);
            return snippet;
        }
        catch
        {
            snippet.Dispose();
            throw;
        }
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "exec", "--runtimeconfig", _config, "--depsfile", Path.Combine(AppContext.BaseDirectory, "Docs.deps.json"), _program,
                .. arguments,
            ])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        start.Environment["SIMILE_MODEL"] = null;
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its output, with
    ///  and without trailing blanks.</returns>
    public string Run()
    {
        using var process = Start();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(4)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The program did not end within four minutes.");
        }

        Assert.True(process.ExitCode == 0, $"The program ended with {process.ExitCode}:\n{output.Result}\n{error.Result}");
        return Trim(output.Result);
    }

    public static string Trim(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n');

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        File.Delete(_program);
        File.Delete(_config);
    }
}

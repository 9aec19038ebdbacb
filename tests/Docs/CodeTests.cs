using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Docs;

/// <summary>
/// The C# of the pages is correct: each block compiles as it is in a new project, runs, and prints what the page says.
/// SIMILE_APPROVE=1 writes the programs' output to their pages.
/// </summary>
public partial class CodeTests
{
    public static IEnumerable<TheoryDataRow<string, int>> Programs() => Rows(web: false);

    public static IEnumerable<TheoryDataRow<string, int>> WebPrograms() => Rows(web: true);

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_compiles_and_prints_what_the_page_says(string page, int program)
    {
        var block = Page.Programs(page)[program - 1];
        using var snippet = Snippet.Make(page, block);
        var output = snippet.Run();
        if (block.Output is { } expected && !Page.Approve(page, block, output))
        {
            Assert.Equal(Snippet.Trim(expected), output);
        }
    }

    /// <summary>The requests, ```sh blocks of curl with their answers, follow the program.</summary>
    [Theory]
    [MemberData(nameof(WebPrograms))]
    public async Task A_web_application_compiles_and_answers_as_the_page_says(string page, int program)
    {
        var block = Page.Programs(page)[program - 1];
        using var snippet = Snippet.Make(page, block);
        using var process = snippet.Start("--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await Address(process), Timeout = TimeSpan.FromMinutes(2) };
            var requests = Page.Blocks(page).SkipWhile(other => other.Line <= block.Line).TakeWhile(other => other.Language != "csharp")
                .Where(other => Request().IsMatch(other.Code)).ToArray();
            Assert.NotEmpty(requests);
            foreach (var request in requests)
            {
                var answer = await client.GetStringAsync(Request().Match(request.Code).Groups[1].Value);
                if (!Page.Approve(page, request, Snippet.Trim(answer)))
                {
                    Assert.Equal(Snippet.Trim(request.Output!), Snippet.Trim(answer));
                }
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public void A_block_that_does_not_compile_is_told()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Snippet.wrong.dll");
        Assert.Contains("CS0103", Assert.Single(SnippetCompiler.Compile("Console.WriteLine(nothing);", path)), StringComparison.Ordinal);
        Assert.Contains(
            "CS0246",
            Assert.Single(
                SnippetCompiler.Compile("TextEmbedder embedder = null!;", path),
                error => error.Contains("error", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        File.Delete(path);
    }

    private static IEnumerable<TheoryDataRow<string, int>> Rows(bool web) =>
        from page in Page.All()
        from program in Page.Programs(page).Select((block, i) => (Number: i + 1, block.Code))
        where SnippetCompiler.IsWeb(program.Code) == web
        select new TheoryDataRow<string, int>(page, program.Number);

    private static async Task<Uri> Address(Process process)
    {
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Uri(line[(at + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException($"The program ended: {await process.StandardError.ReadToEndAsync()}");
    }

    [GeneratedRegex(@"^curl '?http://localhost:\d+(/[^\s']*)", RegexOptions.Multiline)]
    private static partial Regex Request();
}

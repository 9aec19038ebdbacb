using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Simile.Testing;

namespace Packages;

/// <summary>
/// Programs outside the repository that use only packages: each embeds a text, a picture and a sound, and searches a folder.
/// </summary>
public sealed class ProgramTests(Feed feed)
{
    private static readonly string[] Found = ["found birds.md:5", "found space.html:1", "found kitchen.csv:3"];

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    [Fact]
    public void A_console_program_built_and_published()
    {
        var shell = feed.Program("console", "console");
        shell.Run("dotnet", "build", "-c", "Release", "--nologo", "-v", "quiet").Lines();
        var built = Path.Combine(feed.Folder, "console", "bin", "Release", "net10.0");
        Check(shell.Run("dotnet", [Path.Combine(built, "console.dll"), .. Arguments]));

        shell.Run("dotnet", "publish", "-c", "Release", "--no-build", "--nologo", "-v", "quiet", "-o", "published").Lines();
        Check(shell.Run(Path.Combine(feed.Folder, "console", "published", "console" + Suffix), Arguments));

        Assert.InRange(Megabytes(built), 60, 330);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories),
            file => Path.GetExtension(file) is ".lib" or ".zip" or ".aar");
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(built, "runtimes"), "*.pdb", SearchOption.AllDirectories), file => file.Length > 0);
    }

    [Fact]
    public void A_console_program_for_one_platform()
    {
        var shell = feed.Program("console", "one");
        shell.Run("dotnet", "build", "-c", "Release", $"-p:SimilePlatforms={Feed.Platform}", "--nologo", "-v", "quiet").Lines();
        var built = Path.Combine(feed.Folder, "one", "bin", "Release", "net10.0");
        Check(shell.Run("dotnet", [Path.Combine(built, "console.dll"), .. Arguments]));
        Assert.InRange(Megabytes(built), 60, 140);

        // A host that loads assemblies from the package folder finds the model beside them.
        foreach (var name in new[] { "Simile.Models.dll", "base.simd" })
        {
            File.Delete(Path.Combine(built, name));
        }

        Check(shell.Run("dotnet", ["exec", "--additionalprobingpath", Feed.Unpacked, Path.Combine(built, "console.dll"), .. Arguments]));
    }

    [Fact]
    public void The_commands_of_the_page_make_a_program_of_the_readme()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The page's commands are for a POSIX shell.");
        var commands = Block("docs/csharp/README.md", "sh").Replace("FOLDER", feed.Packages, StringComparison.Ordinal).TrimEnd()
            .Split('\n');
        var folder = Directory.CreateDirectory(Path.Combine(feed.Home, "work")).FullName;
        var shell = feed.AtHome(folder);
        shell.Run("sh", "-ec", string.Join('\n', commands[..^1])).Lines();
        File.WriteAllText(Path.Combine(folder, "search", "Program.cs"), Block("README.md", "csharp"));

        var output = shell.Run("sh", "-ec", $"cd search\n{commands[^1]}").Lines();
        Assert.Equal(Block("README.md", "csharp", behind: "text").TrimEnd().Split('\n'), output);
    }

    [Fact]
    public void A_program_that_has_the_vector_store_alone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, "films")).FullName;
        File.WriteAllText(Path.Combine(folder, "films.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Simile.VectorData" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Block("src/Simile.VectorData/README.md", "csharp"));
        var output = feed.At(folder).Run("dotnet", "run", "-c", "Release").Lines();
        Assert.Equal(Block("src/Simile.VectorData/README.md", "csharp", behind: "text").TrimEnd().Split('\n'), output);
        Assert.True(File.Exists(Path.Combine(folder, "my.simile", "store.db")));
    }

    [Fact]
    public void A_single_file_alone_in_a_folder()
    {
        var shell = feed.Program("console", "single");
        shell.Run(
            "dotnet", "publish", "-c", "Release", "-r", Feed.Platform, "--self-contained", "false", "-p:PublishSingleFile=true",
            "-p:IncludeAllContentForSelfExtract=true", "--nologo", "-v", "quiet", "-o", "published").Lines();
        var alone = Directory.CreateDirectory(Path.Combine(feed.Folder, "single", "alone")).FullName;
        var program = Path.Combine(alone, "console" + Suffix);
        File.Move(Path.Combine(feed.Folder, "single", "published", "console" + Suffix), program);
        Check(new Shell(alone, ("DOTNET_BUNDLE_EXTRACT_BASE_DIR", Path.Combine(alone, "extracted"))).Run(program, Arguments));
    }

    [Fact]
    public void A_single_file_with_its_model_beside_it()
    {
        var shell = feed.Program("console", "beside");
        shell.Run(
            "dotnet", "publish", "-c", "Release", "-r", Feed.Platform, "--self-contained", "false",
            "-p:PublishSingleFile=true", "--nologo", "-v", "quiet", "-o", "published")
                .Lines();
        Check(shell.Run(Path.Combine(feed.Folder, "beside", "published", "console" + Suffix), Arguments));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(feed.Folder, "beside", "published"), "Simile*.dll"));
    }

    [Fact]
    public void A_trimmed_program()
    {
        var shell = feed.Program("console", "trimmed");
        var output = shell.Run(
            "dotnet", "publish", "-c", "Release", "-r", Feed.Platform,
            "-p:PublishTrimmed=true", "--nologo", "-v", "quiet", "-o", "published")
            .Lines();
        Assert.DoesNotContain(
            output, line => line.Contains("warning IL", StringComparison.Ordinal) && line.Contains("Simile", StringComparison.Ordinal));
        Check(shell.Run(Path.Combine(feed.Folder, "trimmed", "published", "console" + Suffix), Arguments));
    }

    [Fact]
    public void A_program_that_implements_each_extension_point()
    {
        var shell = feed.Program("extensions", "extensions");
        var notes = Directory.CreateDirectory(Path.Combine(feed.Folder, "extensions", "notes")).FullName;
        File.Copy(Path.Combine(feed.Notes, "birds.md"), Path.Combine(notes, "birds.md"));
        var lines = shell.Run("dotnet", "run", "-c", "Release", "--", feed.Picture, feed.Sound, notes).Lines();
        Assert.Equal(
            [
                "added 4, pictures 1, parts of sounds 2",
                "skipped bad.gls",
                "skipped damaged.png",
                "found sea.gls entry halyard",
                "found disc.bmp",
                "found tone.wav from second 1",
                "unchanged 4",
                "refused True",
                "found sea.gls entry bilge",
                "like itself 1.000",
            ],
            lines);
    }

    [Fact]
    public async Task A_minimal_api_whose_library_has_the_package()
    {
        feed.Program("search", "search");
        var shell = feed.Program("web", "web", "Microsoft.NET.Sdk.Web", "../search/search.csproj");
        shell.Run("dotnet", "build", "-c", "Release", "--nologo", "-v", "quiet").Lines();
        using var server = shell.Start("dotnet", "bin/Release/net10.0/web.dll", "--urls", "http://127.0.0.1:0", "--Folder", feed.Notes);
        try
        {
            using var client = new HttpClient { BaseAddress = await Address(server), Timeout = TimeSpan.FromMinutes(2) };
            Vectors.Equal(Vectors.Text, (await client.GetFromJsonAsync<float[]>("/text?text=a+small+cat"))!);
            Vectors.Equal(Vectors.Picture, await Post(client, "/picture", feed.Picture));
            Vectors.Equal(Vectors.Sound, await Post(client, "/sound", feed.Sound));
            Assert.Equal("birds.md:5", await client.GetStringAsync("/find?query=which+bird+cannot+fly"));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public void The_tool_from_a_folder_of_packages()
    {
        var shell = feed.At(feed.Folder);
        shell.Run("dotnet", "tool", "install", "Simile.Cli", "--tool-path", "tools", "--version", feed.Version).Lines();
        var simile = Path.Combine(feed.Folder, "tools", "simile" + Suffix);

        Assert.Contains(
            "birds.md:5",
            shell.Run(simile, "find", "which bird cannot fly", feed.Notes, "--top", "1").Lines()[0],
            StringComparison.Ordinal);
        Vectors.Equal(Vectors.Text, Embedded(shell.RunWithInput("a small cat\n", simile, "embed", "-", "--json")));
        Vectors.Equal(Vectors.Picture, Embedded(shell.Run(simile, "embed", feed.Picture, "--json")));
        Vectors.Equal(Vectors.Sound, Embedded(shell.Run(simile, "embed", feed.Sound, "--json")));
        var program = Directory.EnumerateFiles(Path.Combine(feed.Folder, "tools"), "Simile.Cli.dll", SearchOption.AllDirectories).Single();
        Assert.InRange(Megabytes(Path.GetDirectoryName(program)!), 60, 130);
    }

    private string[] Arguments => [feed.Picture, feed.Sound, feed.Notes];

    private static void Check(Outcome outcome)
    {
        var lines = outcome.Lines();
        Vectors.Equal(Vectors.Text, Vector(lines, "text "));
        Vectors.Equal(Vectors.Picture, Vector(lines, "picture "));
        Vectors.Equal(Vectors.Sound, Vector(lines, "sound "));
        Assert.Equal(Found, lines.Where(line => line.StartsWith("found ", StringComparison.Ordinal)));
        Assert.Equal("nearest 2", lines[^1]);
    }

    private static float[] Vector(string[] lines, string name) =>
        [.. lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ')
            .Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    // The first block of a language on a page, or the one after it.
    private static string Block(string page, string language, string? behind = null)
    {
        var text = File.ReadAllText(Path.Combine(Assets.Repository, page)).ReplaceLineEndings("\n");
        var start = text.IndexOf($"```{language}\n", StringComparison.Ordinal);
        var open = $"```{behind ?? language}\n";
        start = text.IndexOf(open, start, StringComparison.Ordinal) + open.Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static float[] Embedded(Outcome outcome) =>
        JsonDocument.Parse(outcome.Lines()[0]).RootElement.GetProperty("vector").Deserialize<float[]>()!;

    private static async Task<float[]> Post(HttpClient client, string path, string file)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
        using var answer = (await client.PostAsync(path, content)).EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<float[]>())!;
    }

    private static async Task<Uri> Address(System.Diagnostics.Process server)
    {
        const string Listening = "Now listening on: ";
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = server.StandardOutput.ReadToEndAsync();
                return new Uri(line[(at + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException($"The server ended: {await server.StandardError.ReadToEndAsync()}");
    }

    private static long Megabytes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) >> 20;
}

using System.Xml.Linq;
using Simile.Testing;

namespace PublicApi;

/// <summary>Project references point one way: as drawn in ARCHITECTURE.md, and nothing else.</summary>
public class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Simile.Numerics"] = [],
        ["Simile.Tokenizers"] = [],
        ["Simile.Audio"] = ["Simile.Numerics"],
        ["Simile.Imaging"] = ["Simile.Numerics"],
        ["Simile.Index"] = ["Simile.Numerics"],
        ["Simile.Tables"] = ["Simile.Numerics"],
        ["Simile.Plotting"] = ["Simile.Numerics"],
        ["Simile.Analysis"] = ["Simile.Index", "Simile.Numerics"],
        ["Simile.VectorData"] = ["Simile.Index", "Simile.Numerics", "Simile.Tokenizers"],
        ["Simile.Models"] = ["Simile.Audio", "Simile.Imaging", "Simile.Numerics", "Simile.Tokenizers"],
        ["Simile"] =
        [
            "Simile.Analysis", "Simile.Audio", "Simile.Imaging", "Simile.Index", "Simile.Models", "Simile.Numerics", "Simile.Plotting",
            "Simile.Tables", "Simile.Tokenizers",
        ],
        ["Simile.Server"] =
        [
            "Simile", "Simile.Audio", "Simile.Imaging", "Simile.Models", "Simile.Numerics", "Simile.Plotting", "Simile.Tokenizers",
        ],
        ["Simile.Cli"] =
        [
            "Simile", "Simile.Server", "Simile.Analysis", "Simile.Audio", "Simile.Imaging", "Simile.Index", "Simile.Models",
            "Simile.Numerics", "Simile.Plotting", "Simile.Tables", "Simile.Tokenizers",
        ],
    };

    private static readonly Dictionary<string, string[]> OnlyIn = new()
    {
        ["Microsoft.ML.OnnxRuntime"] = ["Simile.Models"],
        ["Microsoft.ML.OnnxRuntime.Managed"] = ["Simile.Models"],
        ["SkiaSharp"] = ["Simile.Imaging", "Simile.Plotting"],
        ["HarfBuzzSharp"] = ["Simile.Plotting"],
        ["Microsoft.Data.Sqlite"] = ["Simile", "Simile.VectorData"],
        ["Spectre.Console"] = ["Simile.Cli"],
        ["System.CommandLine"] = ["Simile.Cli"],
    };

    public static IEnumerable<TheoryDataRow<string>> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Assets.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => new TheoryDataRow<string>(path));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_those_below_it(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} is new: add it to ARCHITECTURE.md and to this test.");

        var references = References(path, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference));
        Assert.Empty(references.Except(allowed!));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_runtime_or_console_library_stays_in_its_room(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var strays = References(path, "PackageReference")
            .Where(package => OnlyIn.TryGetValue(package, out var rooms) && !rooms.Contains(name));
        Assert.Empty(strays);
    }

    [Fact]
    public void Versions_are_pinned_centrally()
    {
        var pinned = Directory.EnumerateFiles(Assets.Repository, "*.csproj", SearchOption.AllDirectories)
            .Where(
                path => XDocument.Load(path).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null));
        Assert.Empty(pinned);
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}

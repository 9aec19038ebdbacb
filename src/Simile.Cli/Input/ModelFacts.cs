using System.Text.Json;
using System.Text.RegularExpressions;
using Simile.Models;

namespace Simile.Cli;

/// <summary>What the files of a model say about it.</summary>
internal sealed partial record ModelFacts(string Source, string? Family, long? Parameters, string? Licence, IReadOnlyList<(string Name, long Bytes)> Files)
{
    public static ModelFacts OfBuiltIn() => new("built in", "use-multilingual", null, "Apache-2.0", []);

    public static ModelFacts Read(string folder)
    {
        var root = new DirectoryInfo(folder);
        var files = root.EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file.FullName), file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length))
            .OrderBy(file => file.Item1, StringComparer.Ordinal)
            .ToArray();
        var source = Path.GetFullPath(folder).StartsWith(Path.GetFullPath(HubCache.Root), StringComparison.Ordinal) ? "hub cache" : "folder";
        return new ModelFacts(source, ReadFamily(Path.Combine(folder, "config.json")), null, ReadLicence(Path.Combine(folder, "README.md")), files);
    }

    private static string? ReadFamily(string config)
    {
        if (!File.Exists(config))
        {
            return null;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(config));
        return json.RootElement.TryGetProperty("model_type", out var family) ? family.GetString() : null;
    }

    private static string? ReadLicence(string card) =>
        File.Exists(card) && LicenceLine().Match(File.ReadAllText(card)) is { Success: true } line ? line.Groups[1].Value.Trim() : null;

    /// <summary>The hub's model cards begin with a block between lines of three dashes.</summary>
    [GeneratedRegex(@"\A---\n(?:(?!---).*\n)*?licen[sc]e:[ ]*(.+)\n", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LicenceLine();
}

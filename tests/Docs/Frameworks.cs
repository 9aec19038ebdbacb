using System.Text.Json;

namespace Docs;

/// <summary>The shared frameworks that programs of the pages run on: .NET and ASP.NET.</summary>
internal static class Frameworks
{
    private static readonly string[] Names = ["Microsoft.NETCore.App", "Microsoft.AspNetCore.App"];

    private static readonly string Shared =
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location)))!;

    /// <summary>The folders with their assemblies.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. Names.Select(name => Directory.EnumerateDirectories(Path.Combine(Shared, name), $"{Environment.Version.Major}.*")
            .Order(StringComparer.Ordinal)
            .Last())];

    /// <summary>The content of a program's runtimeconfig.json.</summary>
    public static string RuntimeConfig { get; } = JsonSerializer.Serialize(new
    {
        runtimeOptions = new
        {
            tfm = $"net{Environment.Version.Major}.0",
            frameworks = Folders.Select((folder, i) => new { name = Names[i], version = Path.GetFileName(folder) }).ToArray(),
            configProperties = new Dictionary<string, object> { ["System.Globalization.Invariant"] = true },
        },
    });
}

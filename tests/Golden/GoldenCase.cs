using Simile.Testing;

namespace Golden;

/// <summary>A folder that holds a case.json (or cases.json), at any depth below golden/PART or cases/PART.</summary>
/// <param name="Root">The folder of the assets: golden or cases.</param>
/// <param name="Part">What is compared: the first folder below.</param>
/// <param name="Name">The path below that.</param>
internal sealed record GoldenCase(string Root, string Part, string Name)
{
    private static readonly string[] Roots = ["golden", "cases"];

    public static IEnumerable<GoldenCase> List() =>
        Assets.Root is { } assets ? Roots.SelectMany(root => Below(Path.Combine(assets, root), root)) : [];

    private static IEnumerable<GoldenCase> Below(string folder, string root) => !Directory.Exists(folder) ? [] :
        from file in Directory.EnumerateFiles(folder, "case*.json", SearchOption.AllDirectories)
        where Path.GetFileName(file) is "case.json" or "cases.json"
        let path = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace('\\', '/')
        orderby path
        select new GoldenCase(
            root,
            path.Split('/')[0],
            path.Contains('/', StringComparison.Ordinal) ? path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..] : ".");
}

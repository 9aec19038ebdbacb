using Simile.Testing;

namespace Golden;

/// <summary>A folder that holds a case.json (or cases.json), at any depth below golden/PART.</summary>
internal sealed record GoldenCase(string Part, string Name)
{
    public static IEnumerable<GoldenCase> List()
    {
        var golden = Path.Combine(Assets.Root ?? string.Empty, "golden");
        if (Assets.Root is null || !Directory.Exists(golden))
        {
            return [];
        }

        return
            from file in Directory.EnumerateFiles(golden, "case*.json", SearchOption.AllDirectories)
            where Path.GetFileName(file) is "case.json" or "cases.json"
            let path = Path.GetRelativePath(golden, Path.GetDirectoryName(file)!).Replace('\\', '/')
            orderby path
            select new GoldenCase(path.Split('/')[0], path.Contains('/', StringComparison.Ordinal) ? path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..] : ".");
    }
}

namespace Simile.Testing;

/// <summary>Finds real models, data and golden outputs below the folder that SIMILE_ASSETS names.</summary>
internal static class Assets
{
    public static string? Root { get; } = Environment.GetEnvironmentVariable("SIMILE_ASSETS") is { Length: > 0 } root
        ? Path.GetFullPath(root)
        : null;

    /// <summary>The path of an asset. The test is reported skipped if it does not exist.</summary>
    public static string Require(string relativePath)
    {
        Assert.SkipWhen(Root is null, "SIMILE_ASSETS is not set: it names the folder with models/, data/ and golden/.");
        var path = Path.Combine(Root!, relativePath);
        Assert.SkipUnless(Path.Exists(path), $"{relativePath} is not among the assets.");
        return path;
    }

    /// <summary>A new empty folder, for the caller to delete.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("simile-test-").FullName;

    /// <summary>The root of the repository that the tests were built from.</summary>
    public static string Repository { get; } = FindRepository();

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Simile.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Simile.slnx.");
    }
}

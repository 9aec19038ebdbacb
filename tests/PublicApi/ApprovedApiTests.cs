using PublicApiGenerator;
using Simile.Testing;

namespace PublicApi;

/// <summary>
/// The public members of each library are in approved/NAME.txt, so that changes are visible in reviews.
/// SIMILE_APPROVE=1 ./test rewrites the files.
/// </summary>
public class ApprovedApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    /// <summary>All of src/ but the command line, which is a program.</summary>
    public static TheoryData<string> Libraries =>
        [.. Directory.EnumerateDirectories(Path.Combine(Assets.Repository, "src")).Select(folder => Path.GetFileName(folder))
            .Where(name => name != "Simile.Cli")
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_members_are_the_approved_ones(string library)
    {
        var api = System.Reflection.Assembly.Load(library).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Assets.Repository, "tests", "PublicApi", "approved", library + ".txt");
        if (Environment.GetEnvironmentVariable("SIMILE_APPROVE") == "1")
        {
            File.WriteAllText(file, api);
        }

        Assert.True(File.Exists(file), $"{file} is missing: SIMILE_APPROVE=1 ./test writes it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), api);
    }
}

using Simile.Testing;

namespace Golden;

/// <summary>Every case below golden/ and cases/ of the assets, found by listing: a new case in a known form needs no code here.</summary>
public class GoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases() =>
        GoldenCase.List().Where(c => c.Part != "analysis").DefaultIfEmpty(new GoldenCase("golden", ".", "."))
            .Select(c => new TheoryDataRow<string, string, string>(c.Root, c.Part, c.Name).WithTrait("part", c.Part));

    public static IEnumerable<TheoryDataRow<string, string, string>> Analyses() =>
        AnalysisCase.List().DefaultIfEmpty((Root: "golden", Folder: ".", Name: "cases"))
            .Select(c => new TheoryDataRow<string, string, string>(c.Root, c.Folder, c.Name).WithTrait("part", "analysis"));

    [Theory]
    [MemberData(nameof(Analyses))]
    public void Analysis_equals_the_reference(string root, string folder, string name) =>
        AnalysisCase.Check(Assets.Require(Path.Combine(root, "analysis", folder)), name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_reference(string root, string part, string name)
    {
        var folder = Assets.Require(Path.Combine(root, part, name));
        switch (part)
        {
            case "tokenizers":
                TokenizerCase.Check(folder);
                break;
            case "architectures" when StaticCase.Is(folder):
                StaticCase.Check(folder);
                break;
            case "architectures":
                ArchitectureCase.Check(folder);
                break;
            case "audio":
                SoundCase.Check(folder);
                break;
            case "images":
                ImageCase.Check(folder);
                break;
            case "wordvec":
                WordCase.Check(folder);
                break;
            case "features":
                FeatureCase.Check(folder);
                break;
            default:
                Assert.Skip($"{part} is not built yet.");
                break;
        }
    }
}

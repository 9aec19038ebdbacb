using Simile.Testing;

namespace Golden;

/// <summary>Every case below golden/ of the assets, found by listing: a new case in a known form needs no code here.</summary>
public class GoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases() =>
        GoldenCase.List().DefaultIfEmpty(new GoldenCase(".", "."))
            .Select(c => new TheoryDataRow<string, string>(c.Part, c.Name).WithTrait("part", c.Part));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_reference(string part, string name)
    {
        var folder = Assets.Require(Path.Combine("golden", part, name));
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
            default:
                Assert.Skip($"{part} is not built yet.");
                break;
        }
    }
}

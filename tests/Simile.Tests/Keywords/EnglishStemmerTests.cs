using Simile.Keywords;
using Simile.Testing;

namespace Simile.Tests.Keywords;

public sealed class EnglishStemmerTests
{
    [Fact]
    public void Stems_are_those_of_Snowball()
    {
        var pairs = File.ReadLines(Path.Combine(Assets.Repository, "tests/Simile.Tests/Keywords/english-stems.txt"))
            .Where(line => line[0] != '#').Select(line => line.Split('\t')).ToList();

        Assert.True(pairs.Count > 2000);
        Assert.Empty(pairs.Where(pair => EnglishStemmer.Stem(pair[0]) != pair[1])
            .Select(pair => $"{pair[0]} {pair[1]} {EnglishStemmer.Stem(pair[0])}"));
    }

    [Theory]
    [InlineData("straße")]
    [InlineData("int32")]
    [InlineData("")]
    public void Words_with_other_characters_stay(string word) => Assert.Equal(word, EnglishStemmer.Stem(word));
}

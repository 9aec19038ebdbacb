using System.Text.Json;
using Simile;
using Simile.Testing;

namespace EndToEnd;

/// <summary>Questions about samples/, half of them not in English, each with its correct passage: samples.jsonl.</summary>
public sealed class SampleQuestionTests(SampleQuestionTests.Samples samples) : IClassFixture<SampleQuestionTests.Samples>
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Questions() =>
        from line in File.ReadLines(Path.Combine(Assets.Repository, "tests", "EndToEnd", "samples.jsonl"))
        let question = JsonDocument.Parse(line).RootElement
        select new TheoryDataRow<string, string, string>(
            question.GetProperty("question").GetString()!,
            question.GetProperty("path").GetString()!,
            question.GetProperty("contains").GetString()!);

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_right_passage_comes_first(string question, string path, string contains)
    {
        var best = (PassageItem)(await samples.Corpus.SearchAsync(question, new SearchOptions { Top = 1 })).Single().Item;
        Assert.True(
            Path.GetFileName(best.Path) == path && best.Text.Contains(contains, StringComparison.Ordinal),
            $"{best.Path}:{best.Line}: {best.Text}");
    }

    [Fact]
    public void Half_of_the_questions_are_not_in_english() => Assert.Equal(20, Questions().Count());

    /// <summary>The samples, synchronized once in memory.</summary>
    public sealed class Samples : IAsyncLifetime
    {
        internal Corpus Corpus { get; } = Corpus.OpenTemporary();

        public async ValueTask InitializeAsync() => await Corpus.SyncAsync([Path.Combine(Assets.Repository, "samples")]);

        public ValueTask DisposeAsync() => Corpus.DisposeAsync();
    }
}

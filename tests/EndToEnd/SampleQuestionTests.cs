using System.Text.Json;
using Simile;
using Simile.Indexing;
using Simile.Models;
using Simile.Testing;

namespace EndToEnd;

/// <summary>Questions over samples/, half of them not in English, each with its right passage: samples.jsonl.</summary>
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
    public void The_right_passage_comes_first(string question, string path, string contains)
    {
        var best = samples.Store.Search(samples.Embedder.Embed(question), 1).Single();
        Assert.True(Path.GetFileName(best.Path) == path && best.Text.Contains(contains, StringComparison.Ordinal), $"{best.Path}:{best.Line}: {best.Text}");
    }

    [Fact]
    public void Half_of_the_questions_are_not_in_english() => Assert.Equal(20, Questions().Count());

    /// <summary>The samples, indexed once in memory.</summary>
    public sealed class Samples : IDisposable
    {
        public Samples()
        {
            Embedder = TextEmbedder.Load();
            Store = Store.OpenTemporary();
            new FolderIndexer(Store, Embedder, Embedder.Tokenizer).Index([Path.Combine(Assets.Repository, "samples")]);
        }

        internal TextEmbedder Embedder { get; }

        internal Store Store { get; }

        public void Dispose()
        {
            Store.Dispose();
            Embedder.Dispose();
        }
    }
}

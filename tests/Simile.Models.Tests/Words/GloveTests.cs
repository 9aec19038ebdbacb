using System.Globalization;
using Simile.Models.Words;
using Simile.Testing;

namespace Simile.Models.Tests.Words;

public sealed unsafe class GloveTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();
    private readonly string _text;

    public GloveTests()
    {
        _text = Path.Combine(_folder, "planted.txt");
        var random = new Random(3);
        File.WriteAllLines(_text, Enumerable.Range(0, 2000).Select(_ =>
        {
            var group = random.Next(4);
            return string.Join(
                ' ', Enumerable.Range(0, 10).Select(_ => string.Create(CultureInfo.InvariantCulture, $"g{group}w{random.Next(10)}")));
        }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Words_of_one_group_come_together()
    {
        var vectors = GloveTraining.Run([_text], Options(), cancellationToken: TestContext.Current.CancellationToken);
        for (var group = 0; group < 4; group++)
        {
            Assert.True(vectors.Nearest($"g{group}w0", 9).Count(hit => hit.Word.StartsWith($"g{group}", StringComparison.Ordinal)) >= 8);
        }
    }

    [Fact]
    public void Pairs_that_spill_to_files_are_those_that_stay_in_memory()
    {
        using var corpus = TokenCorpus.Read([_text], WordSplit.Blanks, lowercase: false, null, TestContext.Current.CancellationToken);
        var vocabulary = new WordVocabulary(corpus, 1);
        using var inMemory = new Cooccurrences(1L << 30);
        using var spilled = new Cooccurrences(1);
        using var slow = new Cooccurrences(1L << 30);
        inMemory.Count(corpus, vocabulary, 4, byDistance: true, null, TestContext.Current.CancellationToken);
        spilled.Count(corpus, vocabulary, 4, byDistance: true, null, TestContext.Current.CancellationToken);
        var (expected, found) = (inMemory.Merged().ToArray(), spilled.Merged().ToArray());
        Assert.Equal(0, inMemory.Runs);
        Assert.True(spilled.Runs > 0 || expected.Length < 1000);
        Assert.Equal(expected.Select(pair => pair.Pair), found.Select(pair => pair.Pair));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Weight, pair.Second.Weight, 1e-9));
        Assert.Equal(Slowly(vocabulary, 4), expected.ToDictionary(
            pair => (vocabulary.Words[pair.Word], vocabulary.Words[pair.Neighbor]), pair => Math.Round(pair.Weight, 6)));
    }

    [Fact]
    public void Pairs_that_are_dealt_to_files_are_all_there_once_in_each_epoch()
    {
        Cooccurrence[] pairs = [.. Enumerable.Range(0, 5000).Select(i => new Cooccurrence((ulong)i, i))];
        using var few = new ShuffledPairs(pairs, 100, seed: 1);
        using var many = new ShuffledPairs(pairs, 100_000, seed: 1);
        Assert.True(few.Parts > 1);
        Assert.Equal(1, many.Parts);
        foreach (var shuffled in new[] { few, many })
        {
            Assert.Equal(pairs.Length, shuffled.Count);
            var first = Enumerable.Range(0, shuffled.Parts).SelectMany(part => shuffled.Part(part, 0)).ToArray();
            Assert.Equal(pairs, first.OrderBy(pair => pair.Pair));
            Assert.NotEqual(first, Enumerable.Range(0, shuffled.Parts).SelectMany(part => shuffled.Part(part, 1)));
            Assert.Equal(first, Enumerable.Range(0, shuffled.Parts).SelectMany(part => shuffled.Part(part, 0)));
        }
    }

    [Fact]
    public void The_fast_step_is_the_plain_loop()
    {
        using var ours = new NumberTable(4, 50);
        using var twin = new NumberTable(4, 50);
        ours.Fill(7);
        twin.Fill(7);
        for (var row = 2; row < 4; row++)
        {
            ours.Row(row).Fill(1);
            twin.Row(row).Fill(1);
        }

        new Span<float>(ours[2] + 50, 14).Fill(1);
        new Span<float>(ours[3] + 50, 14).Fill(1);
        for (var step = 0; step < 10; step++)
        {
            GloveStep.Run(0.3f, ours[0], ours[1], ours[2], ours[3], ours.Stride);
            GloveStep.Scalar(0.3f, twin[0], twin[1], twin[2], twin[3], 50);
        }

        for (var row = 0; row < 4; row++)
        {
            Assert.Equal(twin.Row(row).ToArray(), ours.Row(row).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void One_thread_gives_the_same_bits_and_an_interrupted_run_goes_on_to_them()
    {
        var options = Options() with { Threads = 1, Epochs = 12 };
        var whole = GloveTraining.Run([_text], options, cancellationToken: TestContext.Current.CancellationToken);
        var kept = options with { Checkpoint = Path.Combine(_folder, "work") };
        using var source = new CancellationTokenSource();
        var told = new Told(value =>
        {
            if (value.Stage == "pairs learned" && value.Done * 12 >= value.Total * 11)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => GloveTraining.Run([_text], kept, told, source.Token));
        Assert.True(File.Exists(kept.Checkpoint));
        var resumed = GloveTraining.Run([_text], kept, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(whole.Vectors.AsSpan().SequenceEqual(resumed.Vectors.AsSpan()));
    }

    private static GloveOptions Options() => new() { Dimensions = 20, Window = 5, MinCount = 1, Epochs = 15, MaxWeight = 10 };

    // Every pair of places in a line, counted one by one.
    private Dictionary<(string, string), double> Slowly(WordVocabulary vocabulary, int window)
    {
        var counts = new Dictionary<(string, string), double>();
        foreach (var words in File.ReadLines(_text).Select(line => line.Split(' ')))
        {
            for (var i = 0; i < words.Length; i++)
            {
                for (var j = Math.Max(0, i - window); j <= Math.Min(words.Length - 1, i + window); j++)
                {
                    if (i != j)
                    {
                        counts[(words[i], words[j])] = counts.GetValueOrDefault((words[i], words[j])) + (1.0 / Math.Abs(i - j));
                    }
                }
            }
        }

        Assert.Equal(40, vocabulary.Words.Length);
        return counts.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 6));
    }

    private sealed class Told(Action<WordTrainingProgress> tell) : IProgress<WordTrainingProgress>
    {
        public void Report(WordTrainingProgress value) => tell(value);
    }
}

using System.Globalization;
using Simile.Testing;

namespace Simile.Models.Tests.Words;

public sealed class WordTrainingTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();
    private readonly string _text;

    public WordTrainingTests() => _text = PlantedText(lines: 3000);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WordModel.SkipGram, false, 0)]
    [InlineData(WordModel.SkipGram, true, 0)]
    [InlineData(WordModel.Cbow, false, 0)]
    [InlineData(WordModel.Cbow, true, 0)]
    [InlineData(WordModel.SkipGram, false, 4)]
    [InlineData(WordModel.Cbow, false, 4)]
    public void Words_of_one_group_come_together(WordModel model, bool tree, int maxN)
    {
        using var trained = WordTraining.Run(
            [_text],
            Options() with { Model = model, HierarchicalSoftmax = tree, Negative = tree ? 0 : 5, MaxN = maxN, Buckets = 5000 },
            cancellationToken: TestContext.Current.CancellationToken);
        for (var group = 0; group < 4; group++)
        {
            var near = trained.Vectors.Nearest($"g{group}w0", 9);
            Assert.True(near.Count(hit => hit.Word.StartsWith($"g{group}", StringComparison.Ordinal)) >= 8, string.Join(' ', near));
        }
    }

    [Fact]
    public void One_thread_and_one_seed_give_the_same_bits()
    {
        var options = Options() with { Threads = 1, Epochs = 2 };
        using var first = WordTraining.Run([_text], options, cancellationToken: TestContext.Current.CancellationToken);
        using var second = WordTraining.Run([_text], options, cancellationToken: TestContext.Current.CancellationToken);
        using var other = WordTraining.Run([_text], options with { Seed = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(first.Vectors.Vectors.AsSpan().SequenceEqual(second.Vectors.Vectors.AsSpan()));
        Assert.False(first.Vectors.Vectors.AsSpan().SequenceEqual(other.Vectors.Vectors.AsSpan()));
    }

    [Fact]
    public void What_was_interrupted_goes_on_to_the_same_bits()
    {
        var options = Options() with { Threads = 1, Epochs = 3 };
        using var whole = WordTraining.Run([_text], options, cancellationToken: TestContext.Current.CancellationToken);
        var kept = options with { Checkpoint = Path.Combine(_folder, "work") };
        var interruptions = 0;
        for (var stop = 1; stop < 4; stop++)
        {
            using var source = new CancellationTokenSource();
            var learned = 0;
            var progress = new Told(value => _ = value.Total > 0 && ++learned == 2 ? Cancel(source) : 0);
            Assert.ThrowsAny<OperationCanceledException>(() => WordTraining.Run([_text], kept, progress, source.Token));
            Assert.True(File.Exists(kept.Checkpoint));
            interruptions++;
        }

        using var resumed = WordTraining.Run([_text], kept, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, interruptions);
        Assert.True(whole.Vectors.Vectors.AsSpan().SequenceEqual(resumed.Vectors.Vectors.AsSpan()));
        Assert.False(File.Exists(kept.Checkpoint));
    }

    [Fact]
    public void A_checkpoint_of_other_options_is_refused()
    {
        var kept = Options() with { Threads = 1, Checkpoint = Path.Combine(_folder, "work") };
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => WordTraining.Run([_text], kept, new Told(value => _ = value.Total > 0 ? Cancel(source) : 0), source.Token));
        Assert.Contains("other texts or options", Assert.Throws<InvalidDataException>(
            () => WordTraining.Run([_text], kept with { Window = 3 }, cancellationToken: TestContext.Current.CancellationToken)).Message);
    }

    [Theory]
    [InlineData(WordVectorFormat.Word2VecText)]
    [InlineData(WordVectorFormat.Word2VecBinary)]
    [InlineData(WordVectorFormat.GloveText)]
    [InlineData(WordVectorFormat.FastTextBinary)]
    public void What_was_learnt_is_saved_and_read_again(WordVectorFormat format)
    {
        using var trained = WordTraining.Run(
            [_text],
            Options() with { Epochs = 1, MaxN = 3, MinN = 2, Buckets = 500 },
            cancellationToken: TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder, "saved");
        trained.Save(path, format);
        using var read = WordVectors.Load(path);
        Assert.Equal(format, read.Format);
        Assert.Equal(trained.Vectors.Words, read.Words);
        Assert.Equal(trained.Vectors["g1w3"], read["g1w3"], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(format == WordVectorFormat.FastTextBinary, read.TryGet("g1w33", new float[read.Dimensions]));
    }

    [Fact]
    public void Words_are_cut_at_blanks_or_are_runs_of_letters_and_digits()
    {
        var text = Path.Combine(_folder, "cut.txt");
        File.WriteAllText(
            text, "Don't stop, ÜBER 42\n\n'tis  rock'n'roll' x'9\n" + new string('a', 70_000) + "\n" + new string(' ', 70_000) + "end");
        var once = new WordTrainingOptions { MinCount = 1, Dimensions = 4, Epochs = 1 };
        using var words = WordTraining.Run(
            [text], once with { Split = WordSplit.Words }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["don't", "stop", "ber", "42", "tis", "rock'n", "roll", "x", "9", "end"], words.Vectors.Words.Where(word => word[0] != 'a'));
        using var blanks = WordTraining.Run([text], once, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            ["Don't", "stop,", "ÜBER", "42", "'tis", "rock'n'roll'", "x'9", "end"], blanks.Vectors.Words.Where(word => word[0] != 'a'));
        using var lower = WordTraining.Run(
            [text], once with { Lowercase = true }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("über", lower.Vectors.Words);
    }

    [Fact]
    public void Options_without_a_meaning_and_texts_without_words_are_refused()
    {
        var empty = Path.Combine(_folder, "empty.txt");
        File.WriteAllText(empty, "\n \n");
        Assert.Contains("no words", Assert.Throws<InvalidDataException>(
            () => WordTraining.Run([empty], Options(), cancellationToken: TestContext.Current.CancellationToken)).Message);
        Assert.Throws<FileNotFoundException>(
            () => WordTraining.Run([empty + "x"], Options(), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(
            "7,000 times",
            Assert.Throws<InvalidDataException>(() => WordTraining.Run(
                [_text], Options() with { MinCount = 7000 }, cancellationToken: TestContext.Current.CancellationToken)).Message
                .Replace("7000", "7,000", StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => (Options() with { Negative = 0 }).Validate());
        Assert.Throws<ArgumentException>(() => (Options() with { MinN = 5, MaxN = 4 }).Validate());
    }

    private static int Cancel(CancellationTokenSource source)
    {
        source.Cancel();
        return 0;
    }

    private static WordTrainingOptions Options() =>
        new() { Dimensions = 20, Window = 4, MinCount = 1, Epochs = 12, Sample = 0, Rate = 0.05, MinN = 2 };

    // Four groups of ten words; a line holds words of one group alone.
    private string PlantedText(int lines)
    {
        var (path, random) = (Path.Combine(_folder, "planted.txt"), new Random(3));
        File.WriteAllLines(path, Enumerable.Range(0, lines).Select(_ => Line(random)));
        return path;
    }

    private static string Line(Random random)
    {
        var group = random.Next(4);
        return string.Join(
            ' ', Enumerable.Range(0, 12).Select(_ => string.Create(CultureInfo.InvariantCulture, $"g{group}w{random.Next(10)}")));
    }

    private sealed class Told(Action<WordTrainingProgress> tell) : IProgress<WordTrainingProgress>
    {
        public void Report(WordTrainingProgress value) => tell(value);
    }
}

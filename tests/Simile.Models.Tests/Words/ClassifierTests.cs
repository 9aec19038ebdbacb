using Simile.Testing;

namespace Simile.Models.Tests.Words;

public sealed class ClassifierTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 4)]
    public void Planted_labels_are_found_again(int wordNgrams, int maxN)
    {
        var (train, path) = (Texts("train.txt", 400, 1), Path.Combine(_folder, "model.bin"));
        FastTextClassifierTraining.Run(
            [train],
            path,
            Options() with { WordNgrams = wordNgrams, MinN = maxN == 0 ? 0 : 2, MaxN = maxN },
            cancellationToken: TestContext.Current.CancellationToken);
        using var classifier = FastTextClassifier.Load(path);
        Assert.Equal(["animals", "money", "stars"], classifier.Labels.Order());
        var lines = File.ReadAllLines(Texts("test.txt", 100, 2));
        Assert.True(lines.Count(line => "__label__" + classifier.Predict(line)[0].Label == line.Split(' ')[0]) >= 97);
        Assert.Equal(1, classifier.Predict("cat", 3).Sum(label => label.Probability), 1e-5);
    }

    [Fact]
    public void One_thread_and_one_seed_write_the_same_file()
    {
        var train = Texts("train.txt", 100, 1);
        var (a, b) = (Path.Combine(_folder, "a.bin"), Path.Combine(_folder, "b.bin"));
        FastTextClassifierTraining.Run(
            [train], a, Options() with { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        FastTextClassifierTraining.Run(
            [train], b, Options() with { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(a), File.ReadAllBytes(b));
    }

    [Fact]
    public void A_model_of_fastText_itself_gives_probabilities_and_word_vectors()
    {
        var path = Assets.Require("data/wordvec/pang_lee_polarity_fasttext.bin");
        using var classifier = FastTextClassifier.Load(path);
        Assert.NotEmpty(classifier.Labels);
        var labels = classifier.Predict("a gorgeous and deceptively moving film", classifier.Labels.Count);
        Assert.Equal(1, labels.Sum(label => label.Probability), 1e-3);
        using var words = WordVectors.Load(path);
        Assert.True(words.Count > 1000);
    }

    [Fact]
    public void Texts_without_labels_and_files_that_are_no_classifiers_are_refused()
    {
        var text = Path.Combine(_folder, "plain.txt");
        File.WriteAllText(text, "just words\n");
        Assert.Contains("__label__", Assert.Throws<InvalidDataException>(() => FastTextClassifierTraining.Run(
            [text], text + ".bin", Options(), cancellationToken: TestContext.Current.CancellationToken)).Message);
        Assert.Throws<InvalidDataException>(() => FastTextClassifier.Load(text));
        Assert.Contains(
            "no labels",
            Assert.Throws<InvalidDataException>(() => FastTextClassifier.Load(Assets.Require("data/wordvec/lee_fasttext.bin"))).Message);
    }

    private static FastTextClassifierOptions Options() => new() { Dimensions = 10, Epochs = 20, Rate = 0.5, Buckets = 1000 };

    private string Texts(string name, int lines, int seed)
    {
        string[] labels = ["animals", "money", "stars"];
        string[][] words =
        [
            ["cat", "dog", "horse", "bird", "fish"],
            ["bank", "coin", "price", "rent", "loan"],
            ["sun", "moon", "comet", "orbit", "galaxy"],
        ];
        string[] both = ["the", "a", "is", "was", "near"];
        var (path, random) = (Path.Combine(_folder, name), new Random(seed));
        File.WriteAllLines(path, Enumerable.Range(0, lines).Select(i =>
        {
            var label = i % 3;
            return $"__label__{labels[label]} "
                + $"{string.Join(' ', Enumerable.Range(0, 6).Select(j => (j % 2 == 0 ? words[label] : both)[random.Next(5)]))}";
        }));
        return path;
    }
}

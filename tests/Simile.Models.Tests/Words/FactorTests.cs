using System.Globalization;
using Simile.Models.Words;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Words;

public sealed class FactorTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_largest_singular_values_are_those_of_the_whole_decomposition()
    {
        var (random, dense) = (new Random(1), new VectorMatrix(60, 40));
        foreach (ref var number in dense.AsSpan())
        {
            number = random.NextSingle() < 0.2 ? random.NextSingle() - 0.3f : 0;
        }

        var sparse = new SparseRows(
            Enumerable.Range(0, 60)
                .Select(row => (IReadOnlyList<(int, float)>)[.. dense[row].ToArray().Select((value, column) => (column, value))
                    .Where(entry => entry.value != 0)]),
            40);
        var (values, vectors) = TruncatedSvd.Run(sparse, 5, 10, seed: 1, TestContext.Current.CancellationToken);
        var gram = new VectorMatrix(40, 40);
        for (var i = 0; i < 40; i++)
        {
            for (var j = 0; j < 40; j++)
            {
                gram[i][j] = Enumerable.Range(0, 60).Sum(row => dense[row][i] * dense[row][j]);
            }
        }

        var exact = SymmetricEigen.Decompose(gram);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Math.Sqrt(exact.Values[i]), values[i], 1e-3);
            Assert.Equal(1, Math.Abs(VectorMath.Dot(vectors[i], exact.Vectors[i])), 1e-2);
        }
    }

    [Fact]
    public void A_transposed_matrix_has_the_same_numbers()
    {
        var matrix = new SparseRows([[(0, 1f), (2, 2f)], [], [(1, 3f), (2, 4f)]], 4);
        var turned = matrix.Transpose();
        Assert.Equal([0, 1, 2, 4, 4], turned.Starts);
        Assert.Equal([0, 2, 0, 2], turned.Columns);
        Assert.Equal([1f, 3, 2, 4], turned.Values);
    }

    [Fact]
    public void Words_of_one_group_come_together_by_PPMI()
    {
        var text = Planted();
        var vectors = PpmiTraining.Run(
            [text], new PpmiOptions { Dimensions = 6, MinCount = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        for (var group = 0; group < 4; group++)
        {
            Assert.Equal(9, vectors.Nearest($"g{group}w0", 9).Count(hit => hit.Word.StartsWith($"g{group}", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_folder_of_LSA_is_a_model_of_texts_whose_topics_come_together()
    {
        var folder = Path.Combine(_folder, "lsa");
        LsaTraining.Run(File.ReadAllLines(Planted()), folder, new LsaOptions { Dimensions = 4 }, TestContext.Current.CancellationToken);
        using var embedder = TextEmbedder.Load(folder);
        Assert.Equal(4, embedder.Dimensions);
        Assert.True(VectorMath.Cosine(embedder.Embed("g0w1 g0w2"), embedder.Embed("g0w8 g0w9")) > 0.9);
        Assert.True(VectorMath.Cosine(embedder.Embed("g0w1 g0w2"), embedder.Embed("g1w8 g1w9")) < 0.3);
        Assert.All(embedder.Embed("unheard"), number => Assert.Equal(0, number));
        using var model = MultimodalModel.Load(folder);
        Assert.Equal([MediaKind.Text], model.Kinds);
    }

    [Fact]
    public void Damaged_folders_of_LSA_and_of_recommendations_are_refused()
    {
        var folder = Path.Combine(_folder, "lsa");
        LsaTraining.Run(File.ReadAllLines(Planted()), folder, new LsaOptions { Dimensions = 4 }, TestContext.Current.CancellationToken);
        File.AppendAllText(Path.Combine(folder, "words.txt"), "one more\n");
        Assert.Contains("do not match", Assert.Throws<InvalidDataException>(() => TextEmbedder.Load(folder)).Message);
        Assert.Throws<InvalidDataException>(() => AlsRecommender.Load(folder));
    }

    [Fact]
    public void Recommendations_follow_the_taste_of_alike_users_and_survive_a_file()
    {
        var taste = AlsTraining.Run(Plays(), new AlsOptions { Dimensions = 4 }, cancellationToken: TestContext.Current.CancellationToken);
        taste.Save(Path.Combine(_folder, "taste"));
        var read = AlsRecommender.Load(Path.Combine(_folder, "taste"));
        Assert.Equal(taste.Recommend("user0", 3), read.Recommend("user0", 3));
        Assert.All(read.Recommend("user0", 2), item => Assert.StartsWith("a", item.Name));
        Assert.All(read.Recommend("user1", 2), item => Assert.StartsWith("b", item.Name));
        Assert.All(read.Similar("a0", 5), item => Assert.StartsWith("a", item.Name));
        Assert.Contains("user0", Assert.Throws<ArgumentException>(() => read.Recommend("uzer0")).Message);
    }

    [Fact]
    public void Vectors_of_ALS_solve_their_equations()
    {
        // One user, one item, one dimension: x = (1 + αr)y / ((1 + αr)y² + λ), with y of the last but one solving.
        var options = new AlsOptions { Dimensions = 1, Confidence = 2, Regularization = 0.5, Epochs = 40 };
        var made = AlsTraining.Run([new Interaction("u", "i", 3)], options, cancellationToken: TestContext.Current.CancellationToken);
        var (x, y) = (made.UserVectors[0][0], made.ItemVectors[0][0]);
        Assert.Equal(7 * x / ((7 * x * x) + 0.5), y, 1e-4);
        Assert.Equal(7 * y / ((7 * y * y) + 0.5), x, 1e-3);
    }

    [Fact]
    public void Sentences_lose_what_they_have_in_common()
    {
        using var vectors = WordVectors.Load(Assets.Require("data/glove/glove_10k.100d.txt"));
        string[] sentences =
        [
            "the cat sat on the mat", "a dog ran in the park", "stocks fell on the market", "the bank raised its rates",
            "the kitten slept on the rug",
        ];
        var plain = SifSentences.Fit(vectors, sentences, new SifOptions { CommonComponents = 0 });
        var sif = SifSentences.Fit(vectors, sentences);
        Assert.True(VectorMath.Cosine(plain.Embed(sentences[0]), plain.Embed(sentences[3]))
            > VectorMath.Cosine(sif.Embed(sentences[0]), sif.Embed(sentences[3])));
        Assert.True(VectorMath.Cosine(sif.Embed(sentences[0]), sif.Embed(sentences[4]))
            > VectorMath.Cosine(sif.Embed(sentences[0]), sif.Embed(sentences[2])));
        Assert.All(sif.Embed("xqzzy"), number => Assert.Equal(0, number));
    }

    private string Planted()
    {
        var (path, random) = (Path.Combine(_folder, "planted.txt"), new Random(3));
        File.WriteAllLines(path, Enumerable.Range(0, 1500).Select(_ =>
        {
            var group = random.Next(4);
            return string.Join(
                ' ', Enumerable.Range(0, 8).Select(_ => string.Create(CultureInfo.InvariantCulture, $"g{group}w{random.Next(10)}")));
        }));
        return path;
    }

    // Even users like items a0 to a9, odd ones b0 to b9; each has seen six of them.
    private static IEnumerable<Interaction> Plays()
    {
        var random = new Random(5);
        return Enumerable.Range(0, 40)
            .SelectMany(user => Enumerable.Range(0, 10).OrderBy(_ => random.Next()).Take(6)
                .Select(item => new Interaction($"user{user}", $"{(user % 2 == 0 ? 'a' : 'b')}{item}", 1 + random.Next(3))));
    }
}

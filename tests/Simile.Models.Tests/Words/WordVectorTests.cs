using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Words;

public class WordVectorTests
{
    private static readonly WordVectors Small = new(
        ["king", "queen", "man", "woman", "apple"],
        new VectorMatrix(new float[] { 3, 0, 1, 0, 3, 1, 1, 0, 0, 0, 1, 0, 0, 0, 9 }, 3));

    [Fact]
    public void Nearest_are_those_of_the_greatest_cosine_without_the_word_itself()
    {
        var expected = Small.Words.Where(word => word != "king")
            .Select(word => new WordScore(word, VectorMath.Cosine(Small["king"], Small[word])))
            .OrderByDescending(hit => hit.Score)
            .ToArray();
        var found = Small.Nearest("king", 10);
        Assert.Equal(expected.Select(hit => hit.Word), found.Select(hit => hit.Word));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, 1e-6));
    }

    [Fact]
    public void An_analogy_gives_the_word_that_is_expected_by_sum_and_by_product()
    {
        Assert.Equal("queen", Small.Analogy(["king", "woman"], ["man"], 1)[0].Word);
        Assert.Equal("queen", Small.AnalogyByProduct(["king", "woman"], ["man"], 1)[0].Word);
    }

    [Fact]
    public void The_odd_one_comes_first() => Assert.Equal("woman", Small.OddOneOut(["king", "man", "woman"])[0].Word);

    [Fact]
    public void An_unknown_word_is_told_with_words_written_like_it()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Small.Nearest("qeen"));
        Assert.Contains("\"qeen\"", refusal.Message);
        Assert.Contains("queen", refusal.Message);
    }

    [Fact]
    public void A_zero_vector_is_alike_to_nothing()
    {
        var vectors = new WordVectors(["a", "zero", "b"], new VectorMatrix(new float[] { 1, 0, 0, 0, 1, 1 }, 2));
        Assert.All(vectors.Nearest("a", 5), hit => Assert.True(float.IsFinite(hit.Score)));
        Assert.All(vectors.Nearest("zero", 5), hit => Assert.Equal(0, hit.Score));
    }

    [Fact]
    public void A_file_of_word_vectors_is_a_model_of_texts()
    {
        using var embedder = TextEmbedder.Load(Assets.Require("data/glove/glove_10k.100d.txt"));
        using var vectors = WordVectors.Load(Assets.Require("data/glove/glove_10k.100d.txt"));
        Assert.Equal(100, embedder.Dimensions);
        var mean = VectorMath.Scale(VectorMath.Add(vectors["king"], vectors["queen"]), 0.5f);
        Assert.Equal(mean, embedder.Embed("King, QUEEN?!"), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.True(VectorMath.Cosine(embedder.Embed("a cat and a dog"), embedder.Embed("two pets"))
            > VectorMath.Cosine(embedder.Embed("a cat and a dog"), embedder.Embed("the stock market")));
    }

    [Fact]
    public void A_text_without_known_words_is_zero_and_cannot_be_searched_with()
    {
        using var model = MultimodalModel.Load(Assets.Require("data/glove/glove_10k.100d.txt"));
        Assert.All(model.Texts.Embed("xqzzy"), number => Assert.Equal(0, number));
        Assert.All(model.Texts.Embed(""), number => Assert.Equal(0, number));
        Assert.Contains("xqzzy", Assert.Throws<ArgumentException>(() => model.EmbedQuery("xqzzy", MediaKind.Text)).Message);
    }

    [Fact]
    public void Texts_without_blanks_between_words_are_cut_into_the_longest_that_are_known()
    {
        var vectors = new WordVectors(
            ["机器", "机器学习", "很", "好"], new VectorMatrix(new float[] { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 }, 4));
        var path = Path.Combine(Assets.NewFolder(), "han.vec");
        vectors.Save(path);
        using var embedder = TextEmbedder.Load(path);
        Assert.Equal([0, 1 / 3f, 1 / 3f, 1 / 3f], embedder.Embed("机器学习很好"), (a, b) => Math.Abs(a - b) < 1e-6);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void The_fingerprint_of_a_file_follows_its_content()
    {
        var path = Path.Combine(Assets.NewFolder(), "a.vec");
        File.WriteAllText(path, "a 1 2\n");
        var before = ModelFingerprint.Build(path);
        File.WriteAllText(path, "a 1 3\n");
        Assert.NotEqual(before, ModelFingerprint.Build(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}

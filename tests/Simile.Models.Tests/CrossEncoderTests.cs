using Simile.Testing;

namespace Simile.Models.Tests;

public sealed class CrossEncoderTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_query_with_several_texts_is_as_many_pairs()
    {
        using var model = CrossEncoder.Load(Assets.Require("golden/architectures/ce_bert"));
        string[] texts = ["a dog", "", "a man is playing a guitar"];
        var scores = model.Score("a cat", texts);
        Assert.Equal(model.Score([.. texts.Select(text => ("a cat", text))]), scores);
        Assert.All(scores, score => Assert.InRange(score, 0, 1));
        Assert.Empty(model.Score("a cat", []));
    }

    // Published rerankers such as ms-marco-MiniLM have the third: their scores are the network's own numbers.
    [Theory]
    [InlineData("\"sentence_transformers\": { \"activation_fn\": \"torch.nn.modules.linear.Identity\" }", false)]
    [InlineData("\"sbert_ce_default_activation_function\": \"torch.nn.modules.activation.Sigmoid\"", true)]
    [InlineData("\"sbert_ce_default_activation_function\": \"torch.nn.modules.linear.Identity\"", false)]
    public void The_activation_is_read_where_each_release_wrote_it(string field, bool sigmoid)
    {
        Copy("ce_bert_legacy", "\"sentence_transformers\"", field);
        using var model = CrossEncoder.Load(_folder);
        var (logit, score) = (model.Logits([("a cat", "a dog")])[0], model.Score("a cat", ["a dog"])[0]);
        Assert.Equal(sigmoid ? 1 / (1 + MathF.Exp(-logit)) : logit, score);
    }

    [Fact]
    public void A_text_that_is_null_is_named()
    {
        using var model = CrossEncoder.Load(Assets.Require("golden/architectures/ce_bert"));
        Assert.Contains(
            "Pair 1 of 2", Assert.Throws<ArgumentException>(() => model.Score("a", ["b", null!])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_head_is_refused()
    {
        foreach (var name in (string[])["st_mean", "st_qwen3_lasttoken", "sparse_splade"])
        {
            var error = Assert.Throws<InvalidDataException>(() => CrossEncoder.Load(Assets.Require("golden/architectures/" + name)));
            Assert.Contains("not a cross-encoder", error.Message, StringComparison.Ordinal);
            Assert.Contains("classification head", error.Message, StringComparison.Ordinal);
        }
    }

    private void Copy(string name, string drop, string field)
    {
        foreach (var file in Directory.EnumerateFiles(Assets.Require("golden/architectures/" + name)))
        {
            File.WriteAllBytes(Path.Combine(_folder, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "config.json")))!.AsObject();
        config.Remove(drop.Trim('"'));
        var text = config.ToJsonString();
        File.WriteAllText(Path.Combine(_folder, "config.json"), text[..^1] + ", " + field + "}");
    }
}

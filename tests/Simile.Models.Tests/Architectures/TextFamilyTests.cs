using System.Text.Json.Nodes;
using Simile.Models.Architectures;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>Every family with a golden case, from its folder to the vectors of texts.</summary>
public sealed class TextFamilyTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Cases() =>
    [
        "albert", "bert_mlm_checkpoint", "bert_pooler", "deberta_v2", "distilbert",
        "electra", "gemma3_bidirectional", "llama", "llama_rope_scaling", "modernbert",
        "modernbert_mlm_checkpoint", "mpnet", "nomic_bert", "qwen3_right", "roberta",
        "t5_encoder_relu", "t5_full_checkpoint", "t5v11_gated", "xlm_roberta",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_folder_with_a_tokenizer_gives_one_vector_for_a_text_whatever_the_batch(string name)
    {
        Prepare(name);
        using var model = TextEmbedder.Load(_folder);
        var texts = Enumerable.Range(0, 20).Select(i => string.Concat(Enumerable.Range(0, i).Select(j => "a cat, dog. 2"[(i * j) % 13])))
            .Append(string.Concat(Enumerable.Repeat("a ", 300)))
            .ToArray();
        var vectors = model.Embed(texts);
        Assert.Equal(32, vectors.Dimensions);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.InRange(VectorMath.Cosine(model.Embed(texts[i]), vectors[i]), 0.999999f, 1.000001f);
        }

        Assert.True(TextNetwork.Knows(ModelDescription.Load(_folder).Family));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_without_any_token_has_the_vector_zero(string name)
    {
        Prepare(name, specialTokens: false);
        File.WriteAllText(
            Path.Combine(_folder, "modules.json"),
            """[{ "path": "", "type": "Transformer" }, { "path": "1_Pooling", "type": "Pooling" }]""");
        Directory.CreateDirectory(Path.Combine(_folder, "1_Pooling"));
        File.WriteAllText(Path.Combine(_folder, "1_Pooling", "config.json"), """{ "pooling_mode": ["cls", "lasttoken", "max", "mean"] }""");
        using var model = TextEmbedder.Load(_folder);
        var vectors = model.Embed(["", "a cat"]);
        Assert.All(vectors[0].ToArray(), x => Assert.Equal(0, x));
        Assert.Equal(vectors[0].ToArray(), model.Embed(""));
        Assert.Contains(vectors[1].ToArray(), x => x != 0);
    }

    // The golden cases come without a tokenizer: another one's, cut to the words that their tables have.
    private void Prepare(string name, bool specialTokens = true)
    {
        foreach (var file in Directory.EnumerateFiles(Assets.Require(Path.Combine("golden/architectures", name))))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        var tokenizer = JsonNode.Parse(File.ReadAllText(Assets.Require("golden/architectures/st_mean/tokenizer.json")))!;
        var vocabulary = tokenizer["model"]!["vocab"]!.AsObject();
        foreach (var word in vocabulary.Where(w => w.Value!.GetValue<int>() >= 100).Select(w => w.Key).ToArray())
        {
            vocabulary.Remove(word);
        }

        if (!specialTokens)
        {
            tokenizer["post_processor"] = null;
        }

        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), tokenizer.ToJsonString());
    }
}

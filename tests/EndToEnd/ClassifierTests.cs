using System.Text.Json.Nodes;
using Simile.Testing;

namespace EndToEnd;

/// <summary>classify with a trained head.</summary>
public sealed class ClassifierTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_trained_classifier_brings_its_own_labels()
    {
        Directory.CreateDirectory(_tool.In("model"));
        foreach (var file in Directory.EnumerateFiles(Assets.Require("golden/architectures/ce_bert")))
        {
            File.WriteAllBytes(_tool.In("model/" + Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        var config = JsonNode.Parse(File.ReadAllText(_tool.In("model/config.json")))!;
        config["id2label"]!["0"] = "praise";
        File.WriteAllText(_tool.In("model/config.json"), config.ToJsonString());
        _tool.Write("a.txt", "a man is playing a guitar");
        var found = _tool.Run("classify", "a.txt", "--model", "model", "--json").Succeeds().Json.Single().GetProperty("labels")[0];
        Assert.Equal("praise", found.GetProperty("label").GetString());
        Assert.InRange(found.GetProperty("probability").GetDouble(), 0, 1);
        _tool.Run("classify", "a.txt", "--model", "model", "--labels", "music,sport").FailsWith(1, "entailment");
        _tool.Run("classify", "a.txt").FailsWith(1, "--labels");
    }
}

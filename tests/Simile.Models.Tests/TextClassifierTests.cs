using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Simile.Models.Checkpoints;
using Simile.Testing;
using Simile.Tokenizers;

namespace Simile.Models.Tests;

/// <summary>A golden BERT whose head was replaced by one with several labels.</summary>
public sealed class TextClassifierTests : IDisposable
{
    private static readonly string[] Texts =
    [
        "a man is playing a guitar", "", "two dogs run", string.Concat(Enumerable.Repeat("a cat ", 200)),
    ];
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Probabilities_are_the_softmax_of_the_head_over_the_pooled_first_token()
    {
        Make("""["sad","so-so","glad"]""");
        using var model = TextClassifier.Load(_folder);
        Assert.Equal(["sad", "so-so", "glad"], model.Labels);
        Assert.Equal(ClassScores.Softmax, model.Scores);
        var rows = model.Classify(Texts);
        for (var i = 0; i < Texts.Length; i++)
        {
            var expected = SlowSoftmax(SlowLogits(Texts[i]));
            Assert.All(expected.Zip(rows[i].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }

        var best = model.Best(Texts[0]);
        Assert.Equal(rows[0].ToArray().Max(), best.Probability, 1e-6f);
        Assert.Equal(model.Labels[rows[0].ToArray().ToList().IndexOf(rows[0].ToArray().Max())], best.Label);
    }

    [Theory]
    [InlineData("multi_label_classification", ClassScores.Sigmoid)]
    [InlineData("single_label_classification", ClassScores.Softmax)]
    [InlineData("regression", ClassScores.Probabilities)]
    public void The_problem_type_chooses_the_activation(string type, ClassScores scores)
    {
        Make("""["a","b"]""", config => config["problem_type"] = type);
        using var model = TextClassifier.Load(_folder);
        Assert.Equal(scores, model.Scores);
        var logits = SlowLogits(Texts[0]);
        var expected = scores switch
        {
            ClassScores.Softmax => SlowSoftmax(logits),
            ClassScores.Sigmoid => Array.ConvertAll(logits, x => 1 / (1 + Math.Exp(-x))),
            _ => logits,
        };
        Assert.All(expected.Zip(model.Classify(Texts[0])), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData("""["contradiction","neutral","entailment"]""", 2, 0)]
    [InlineData("""["ENTAILMENT","neutral","contradiction"]""", 0, 2)]
    [InlineData("""["entailment","not_entailment"]""", 0, 1)]
    public void Any_labels_are_judged_by_entailment(string labels, int entailment, int contradiction)
    {
        Make(labels);
        using var model = TextClassifier.Load(_folder);
        Assert.True(model.IsEntailment);
        string[] choices = ["music", "sport"];
        var logits = choices.Select(choice => SlowLogits(Texts[0], $"This example is {choice}.")).ToArray();
        var one = SlowSoftmax([.. logits.Select(l => l[entailment])]);
        Assert.All(one.Zip(model.ClassifyBy([Texts[0]], choices)[0].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        var several = logits.Select(l => SlowSoftmax([l[contradiction], l[entailment]])[1]).ToArray();
        Assert.All(
            several.Zip(model.ClassifyBy([Texts[0]], choices, several: true)[0].ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(several[0], model.ClassifyBy([Texts[0]], ["music"])[0][0], 1e-5); // one label alone is judged against contradiction
    }

    [Fact]
    public void A_text_that_is_too_long_leaves_the_label_whole()
    {
        Make("""["contradiction","neutral","entailment"]""");
        using var model = TextClassifier.Load(_folder);
        var rows = model.ClassifyBy([Texts[3]], ["music", "a cat"], several: true);
        Assert.NotEqual(rows[0][0], rows[0][1]);
    }

    [Fact]
    public void The_batch_does_not_change_a_text()
    {
        Make("""["a","b","c","d"]""");
        using var model = TextClassifier.Load(_folder);
        var many = Enumerable.Range(0, 60).Select(i => string.Concat(Enumerable.Repeat("a dog ", i % 13))).ToArray();
        var rows = model.Classify(many);
        for (var i = 0; i < many.Length; i++)
        {
            Assert.All(model.Classify(many[i]).Zip(rows[i].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }

        Assert.Equal(0, model.Classify(Array.Empty<string>()).Count);
    }

    [Fact]
    public void What_is_wrong_is_told()
    {
        Make("""["a","b"]""");
        using var model = TextClassifier.Load(_folder);
        Assert.Contains(
            "entailment", Assert.Throws<NotSupportedException>(() => model.ClassifyBy(Texts, ["x"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Text 1 of 2", Assert.Throws<ArgumentException>(() => model.Classify(["a", null!])).Message, StringComparison.Ordinal);
        Make("""["a","entailment"]""");
        using var entailing = TextClassifier.Load(_folder);
        Assert.Contains(
            "no labels", Assert.Throws<ArgumentException>(() => entailing.ClassifyBy(Texts, [])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "{}", Assert.Throws<ArgumentException>(() => entailing.ClassifyBy(Texts, ["x"], "nothing")).Message, StringComparison.Ordinal);
        Make("""["a","b"]""", config => config["id2label"]!["7"] = "beyond");
        Assert.Contains("\"7\"", Assert.Throws<InvalidDataException>(() => TextClassifier.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no classification head",
            Assert.Throws<InvalidDataException>(() => TextClassifier.Load(Assets.Require("golden/architectures/st_mean"))).Message,
            StringComparison.Ordinal);
        Assert.True(TextClassifier.IsClassifier(_folder));
        Assert.False(TextClassifier.IsClassifier(Assets.Require("golden/architectures/st_mean")));
        Assert.False(TextClassifier.IsClassifier("no/such"));
    }

    // The slow twin: the golden network's pooled first token, and the head by hand.
    private double[] SlowLogits(string first, string? second = null)
    {
        using var checkpoint = SafeTensors.Open(Path.Combine(_folder, "model.safetensors"));
        var (weight, bias) = (checkpoint["classifier.weight"], checkpoint["classifier.bias"]);
        using var config = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "config.json")));
        using var network = Simile.Models.Architectures.TextNetwork.Build(
            config.RootElement, SafeTensors.Open(Path.Combine(_folder, "model.safetensors")), ["pooler_output"]);
        var encoding = Tokenizer.Load(_folder).With(new Truncation(TextClassifier.Load(_folder).MaxSequenceLength), null) is var tokenizer
            && second is null
            ? tokenizer.Encode(first)
            : tokenizer.Encode(first, second);
        using var outputs = network.Run(name => Microsoft.ML.OnnxRuntime.OrtValue.CreateTensorValueFromMemory(
            Array.ConvertAll(
                name switch { "input_ids" => encoding.Ids, "token_type_ids" => encoding.TypeIds, _ => [.. encoding.Ids.Select(_ => 1)] },
                x => (long)x),
            [1, encoding.Ids.Length]), ["pooler_output"]);
        var pooled = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        return [.. Enumerable.Range(0, (int)weight.Shape[0]).Select(label =>
            bias.ToFloats().Span[label] + pooled.Select((x, i) => (double)x * weight.ToFloats().Span[(label * pooled.Length) + i]).Sum())];
    }

    private static double[] SlowSoftmax(double[] logits)
    {
        var powers = Array.ConvertAll(logits, Math.Exp);
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    private void Make(string labels, Action<JsonObject>? change = null)
    {
        var source = Assets.Require("golden/architectures/ce_bert");
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json" })
        {
            File.WriteAllBytes(Path.Combine(_folder, name), File.ReadAllBytes(Path.Combine(source, name)));
        }

        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "config.json")))!.AsObject();
        var names = JsonNode.Parse(labels)!.AsArray();
        config["id2label"] = new JsonObject(names.Select((name, i) => KeyValuePair.Create($"{i}", (JsonNode?)name!.DeepClone())));
        change?.Invoke(config);
        File.WriteAllText(Path.Combine(_folder, "config.json"), config.ToJsonString());
        using var checkpoint = SafeTensors.Open(Path.Combine(source, "model.safetensors"));
        var hidden = config["hidden_size"]!.GetValue<int>();
        SafeTensorsWriter.Write(Path.Combine(_folder, "model.safetensors"),
        [
            .. checkpoint.Tensors.Values.Where(tensor => !tensor.Name.StartsWith("classifier", StringComparison.Ordinal))
                .Select(tensor => Part(tensor.Name, tensor.ToFloats().ToArray(), tensor.Shape)),
            Part("classifier.weight", FormulaWeights.Noise("head", names.Count * hidden, 0, 1), names.Count, hidden),
            Part("classifier.bias", FormulaWeights.Noise("bias", names.Count, 0, .5), names.Count),
        ]);
    }

    private static TensorPart Part(string name, float[] values, params long[] shape) =>
        new(name, DType.F32, shape, () => MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}

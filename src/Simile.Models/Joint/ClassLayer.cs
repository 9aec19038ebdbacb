using Simile.Models.Onnx;

namespace Simile.Models.Joint;

/// <summary>The layer of a classifier that holds a number for each class.</summary>
/// <param name="Name">By the name that <see cref="ImageEmbedderOptions.Layer"/> takes.</param>
/// <param name="Scores">What the numbers are.</param>
internal sealed record ClassLayer(string Name, ClassScores Scores)
{
    private const string Logits = "logits";

    private static readonly string[] Usual = [Logits, "scores", "probabilities", "probs"];

    /// <summary>What the options name, or else what the classifier's files show.</summary>
    /// <exception cref="NotSupportedException">An ONNX file has several outputs, none of a usual name.</exception>
    public static ClassLayer Of(ClassifierFiles files, ModelJoinOptions options)
    {
        if (files.Onnx is not { } path)
        {
            return new ClassLayer(options.Layer ?? Logits, options.Scores ?? Told(files.Config));
        }

        var graph = OnnxFile.Read(path).Graph;
        var outputs = graph.Output.Select(output => output.Name).ToArray();
        var name = options.Layer ?? Usual.FirstOrDefault(outputs.Contains) ?? (outputs is [var only] ? only
            : throw new NotSupportedException($"{path} has the outputs {string.Join(", ", outputs)}: name the one that holds a number for each class as the layer."));
        return new ClassLayer(name, options.Scores ?? (Producer(graph, name) switch
        {
            "Softmax" or "Sigmoid" => ClassScores.Probabilities,
            _ => Told(files.Config),
        }));
    }

    private static string? Producer(GraphProto graph, string value) => graph.Node.FirstOrDefault(node => node.Output.Contains(value))?.OpType;

    private static ClassScores Told(string? config)
    {
        if (config is null)
        {
            return ClassScores.Softmax;
        }

        using var json = JsonFile.Parse(config);
        return JsonFile.Text(json.RootElement, "problem_type") == "multi_label_classification" ? ClassScores.Sigmoid : ClassScores.Softmax;
    }
}

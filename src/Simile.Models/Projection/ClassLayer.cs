using Simile.Models.Onnx;

namespace Simile.Models.Projection;

/// <summary>The output layer of a classifier.</summary>
/// <param name="Name">The name for <see cref="ImageEmbedderOptions.Layer"/>.</param>
/// <param name="Scores">How its outputs become probabilities.</param>
internal sealed record ClassLayer(string Name, ClassScores Scores)
{
    private const string Logits = "logits";

    private static readonly string[] Usual = [Logits, "scores", "probabilities", "probs"];

    /// <summary>The layer from the options, or else from the classifier's files.</summary>
    /// <exception cref="NotSupportedException">An ONNX file has several outputs, none with a usual name.</exception>
    public static ClassLayer Of(ClassifierFiles files, ClassNameProjectionOptions options)
    {
        if (files.Onnx is not { } path)
        {
            return new ClassLayer(options.Layer ?? Logits, options.Scores ?? Told(files.Config));
        }

        var graph = OnnxFile.Read(path).Graph;
        var outputs = graph.Output.Select(output => output.Name).ToArray();
        var name = options.Layer ?? Usual.FirstOrDefault(outputs.Contains) ?? (outputs is [var only] ? only
            : throw new NotSupportedException(
                $"{path} has the outputs {string.Join(", ", outputs)}: set the layer to the one that holds the class scores."));
        return new ClassLayer(name, options.Scores ?? (Producer(graph, name) switch
        {
            "Softmax" or "Sigmoid" => ClassScores.Probabilities,
            _ => Told(files.Config),
        }));
    }

    private static string? Producer(GraphProto graph, string value) =>
        graph.Node.FirstOrDefault(node => node.Output.Contains(value))?.OpType;

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

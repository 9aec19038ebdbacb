using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>DINOv3 (Siméoni et al. 2025) with transformers' names: rotary positions in two axes.</summary>
internal static class DinoV3
{
    private const float DefaultEpsilon = 1e-5f;

    private static readonly PreNormNames Names = new(
        "norm1", "attention.q_proj", "attention.k_proj", "attention.v_proj", "attention.o_proj", "norm2", "mlp.up_proj", "mlp.down_proj");

    /// <summary>Writes the whole network.</summary>
    public static void Build(PictureGraph picture)
    {
        var config = picture.Config;
        var encoder = Vit.Encoder(config, Names, DefaultEpsilon);
        encoder = config.Flag("use_gated_mlp", false)
            ? encoder with { Unit = (network, x, prefix) => Gated(network, x, prefix + "mlp.", encoder) }
            : encoder;
        var (hidden, layers, patch) = (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("patch_size"));
        var patches = picture.Patches(picture.Pixels, "embeddings.patch_embeddings", hidden, picture.Channels, patch, patch);
        var registers = config.Integer("num_register_tokens", 0);
        string[] first = registers > 0 ? ["embeddings.cls_token", "embeddings.register_tokens"] : ["embeddings.cls_token"];
        var x = picture.Prepend(patches, hidden, first);
        var (cos, sin) = Turns(picture, ConfigFile.Share(hidden, encoder.Heads), 1 + registers, Theta(config));
        encoder = encoder with { Rotate = y => Turn(picture.Graph, y, cos, sin, encoder.Heads) };
        x = picture.Layers(x, layers, hidden, (x, i) => encoder.Layer(picture, x, $"layer.{i}."));
        DinoV2.Finish(picture, x, layers, encoder, "norm");
    }

    // Files of transformers 5 have it in a nested object.
    private static float Theta(ConfigFile config) =>
        config.Child("rope_parameters")?.OptionalPositive("rope_theta") ?? config.Positive("rope_theta", 100);

    private static string Gated(NetworkGraph network, string x, string prefix, PreNormEncoder encoder)
    {
        string Linear(string input, string name, int output, int width) =>
            network.Linear(input, prefix + name, output, width, bias: network.Weights.Has($"{prefix}{name}.bias"));
        string Up(string name) => Linear(x, name, encoder.Wide, encoder.Hidden);
        return Linear(network.Graph.Gated(Up("gate_proj"), Up("up_proj"), encoder.Activation), "down_proj", encoder.Hidden, encoder.Wide);
    }

    private static string Turn(GraphBuilder graph, string x, string cos, string sin, int heads) =>
        graph.Add("com.microsoft.RotaryEmbedding", [x, graph.Constant(0L), cos, sin], ("num_heads", (long)heads), ("interleaved", 0L));

    // Half of a patch's angles come from its row, half from its column, both from −1 to 1. Other tokens are not rotated.
    private static (string Cos, string Sin) Turns(PictureGraph picture, int headSize, int others, float theta)
    {
        var graph = picture.Graph;
        var quarter = headSize % 4 == 0
            ? headSize / 4
            : throw new InvalidDataException(
                $"config.json: heads of {headSize} components cannot be rotated in two axes: the size must be a multiple of 4.");
        var frequencies = graph.Weight<float>(
            Enumerable.Range(0, quarter).Select(i => (float)(2 * Math.PI / Math.Pow(theta, i / (double)quarter))).ToArray(), 1, 1, quarter);
        var (rows, columns) = (graph.Slice(picture.Grid, 0, 0, 1), graph.Slice(picture.Grid, 0, 1, 2));
        var shape = graph.Concat(0, rows, columns, graph.Constant((long)quarter));
        var down = graph.Add("Expand", [graph.Add("Mul", [graph.Reshape(Centers(graph, rows), -1, 1, 1), frequencies]), shape]);
        var right = graph.Add("Expand", [graph.Add("Mul", [graph.Reshape(Centers(graph, columns), 1, -1, 1), frequencies]), shape]);
        var angles = graph.Reshape(graph.Concat(2, down, right), -1, 2L * quarter);
        var still = new float[others * 2 * quarter];
        var all = graph.Concat(0, graph.Weight<float>(still, others, 2L * quarter), angles);
        return (graph.Add("Cos", [all]), graph.Add("Sin", [all]));
    }

    private static string Centers(GraphBuilder graph, string count)
    {
        var size = graph.Cast(graph.Add("Squeeze", [count]), TensorElementType.Float);
        var steps = graph.Add("Range", [graph.Scalar(0.5f), size, graph.Scalar(1f)]);
        return graph.Add("Sub", [graph.Add("Mul", [graph.Add("Div", [steps, size]), graph.Scalar(2f)]), graph.Scalar(1f)]);
    }
}

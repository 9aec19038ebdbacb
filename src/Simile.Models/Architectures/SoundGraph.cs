using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A network whose input is the output of a feature extractor for sound.</summary>
internal sealed class SoundGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
    : PatchGraph(graph, config, weights, outputs)
{
    /// <summary>Declares the input, float.</summary>
    /// <param name="name">input_values or input_features.</param>
    /// <param name="axes">Its axes after the batch axis.</param>
    public string Sound(string name, params ReadOnlySpan<string> axes) => Graph.Input(name, TensorElementType.Float, ["batch", .. axes]);

    /// <summary>A stack of layers over frames.</summary>
    public string Layers(string x, int count, int hidden, Func<string, int, string> layer) =>
        Layers(x, count, layer, "batch", "frames", NetworkOutputs.Axis(hidden));

    /// <summary>Offers the vectors of all frames.</summary>
    public void OfferFrames(string name, string x, int hidden) => Outputs.Offer(name, x, "batch", "frames", NetworkOutputs.Axis(hidden));
}

using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A network whose input is a picture.</summary>
internal sealed class PictureGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
    : PatchGraph(graph, config, weights, outputs)
{
    private string? _pixels;

    /// <summary>Channels of the picture.</summary>
    public int Channels { get; } = config.OptionalSize("num_channels") ?? 3;

    /// <summary>The picture: <c>pixel_values</c>, float [batch, channels, height, width], normalized.</summary>
    public string Pixels =>
        _pixels ??= Graph.Input("pixel_values", TensorElementType.Float, "batch", NetworkOutputs.Axis(Channels), "height", "width");

    /// <summary>A stack of layers over patches.</summary>
    public string Layers(string x, int count, int hidden, Func<string, int, string> layer) =>
        Layers(x, count, layer, "batch", "patches", NetworkOutputs.Axis(hidden));

    /// <summary>Offers the vectors of all patches.</summary>
    public void OfferPatches(string name, string x, int hidden) => Outputs.Offer(name, x, "batch", "patches", NetworkOutputs.Axis(hidden));

    /// <summary>Offers one vector for the whole picture.</summary>
    public void OfferVector(string name, string x, int size) => Outputs.Offer(name, x, "batch", NetworkOutputs.Axis(size));

    /// <summary>The vector of the class token, which is the first.</summary>
    public string ClassToken(string x) => Graph.Add("Gather", [x, Graph.Scalar(0L)], ("axis", 1L));
}

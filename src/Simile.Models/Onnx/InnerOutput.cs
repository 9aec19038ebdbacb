using Google.Protobuf;

namespace Simile.Models.Onnx;

/// <summary>Turns an inner value of an ONNX network into an output.</summary>
internal static class InnerOutput
{
    /// <summary>Finds the value, and returns the network's bytes with it as an output, and the value's name.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="name">
    /// The name of a value, of a node (its first output), or of a module in the node names of exporters:
    /// <c>avgpool</c> is the output of the last node named <c>/avgpool/…</c>.
    /// </param>
    /// <exception cref="InvalidDataException">The file is not an ONNX model.</exception>
    /// <exception cref="ArgumentException">The network has no such value.</exception>
    public static (byte[] Model, string Value) Add(string path, string name)
    {
        var model = OnnxFile.Read(path);
        var nodes = model.Graph.Node;
        var value = nodes.SelectMany(n => n.Output).FirstOrDefault(o => o == name)
            ?? nodes.FirstOrDefault(n => n.Name == name)?.Output.FirstOrDefault()
            ?? nodes.LastOrDefault(n => n.Output.Count > 0 && IsInside(n.Name, name))?.Output[0]
            ?? throw new ArgumentException($"{path} has no layer \"{name}\": no value, node or module has that name.");
        if (model.Graph.Output.All(o => o.Name != value))
        {
            model.Graph.Output.Add(new ValueInfoProto { Name = value });
        }

        return (model.ToByteArray(), value);
    }

    // Module names in a node name are between slashes: /layer3/layer3.0/conv1/Conv.
    private static bool IsInside(string node, string module) => $"/{node}/".Contains($"/{module}/", StringComparison.Ordinal);
}

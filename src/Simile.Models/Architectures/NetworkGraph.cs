using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A network under construction: its graph, its config.json, its tensors and the requested outputs.</summary>
/// <remarks>
/// Layers use the checkpoint's names: <c>Linear(x, "pooler.dense", …)</c> uses pooler.dense.weight and pooler.dense.bias.
/// </remarks>
internal class NetworkGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
{
    private bool _endsEarly;

    /// <summary>Receives the nodes.</summary>
    public GraphBuilder Graph => graph;

    /// <summary>The values of config.json.</summary>
    public ConfigFile Config => config;

    /// <summary>The tensors.</summary>
    public Weights Weights => weights;

    /// <summary>The requested outputs.</summary>
    public NetworkOutputs Outputs => outputs;

    /// <summary>activation(x · Wᵀ + b), with b if the layer has one. W is [output, input].</summary>
    public string Linear(string x, string name, long output, long input, string activation = "linear", bool bias = true)
    {
        var weight = weights.Get(name + ".weight", output, input);
        return bias
            ? graph.Linear(x, weight, weights.Get(name + ".bias", output), activation)
            : graph.Activation(graph.MatMul(x, weight), activation);
    }

    /// <summary>Rows <paramref name="from"/> to <paramref name="from"/> + <paramref name="output"/> of a fused layer.</summary>
    public string LinearPart(string x, string name, long rows, long input, int from, int output, bool bias)
    {
        var product = graph.MatMul(x, weights.Get(name + ".weight", rows, input).Rows(from, output));
        return bias ? graph.Add("Add", [product, graph.Weight(weights.Get(name + ".bias", rows).Rows(from, output))]) : product;
    }

    /// <summary>
    /// down(activation(gate(x)) · up(x)): the gated linear unit of Shazeer 2020, with the rows of gate and up in one matrix.
    /// </summary>
    /// <param name="x">[.., width].</param>
    /// <param name="both">Name of the layer of gate and up.</param>
    /// <param name="down">Name of the last layer.</param>
    /// <param name="width">Input and output size.</param>
    /// <param name="wide">Inner size.</param>
    /// <param name="activation">The gate's activation.</param>
    public string GatedUnit(string x, string both, string down, int width, int wide, string activation)
    {
        string Half(int from) => LinearPart(x, both, 2L * wide, width, from, wide, weights.Has(both + ".bias"));
        return Linear(graph.Gated(Half(0), Half(wide), activation), down, width, wide, bias: weights.Has(down + ".bias"));
    }

    /// <summary>Layer norm over the last axis, with a bias if the layer has one.</summary>
    public string LayerNorm(string x, string name, long width, float epsilon, bool bias = true) =>
        graph.LayerNorm(x, weights.Get(name + ".weight", width), bias ? weights.Get(name + ".bias", width) : null, epsilon);

    /// <summary>RMS norm over the last axis (Zhang and Sennrich 2019), times the layer's weight.</summary>
    public string RmsNorm(string x, string name, long width, float epsilon) =>
        graph.RmsNorm(x, graph.Weight(weights.Get(name + ".weight", width)), epsilon);

    /// <summary>Gathers rows of a table by int64 or int32 ids.</summary>
    public string Embedding(string ids, Tensor table) => graph.Rows(ids, table);

    /// <summary>
    /// A stack of layers. The input of layer i is offered as hidden_states.i. The stack stops when all requested outputs exist.
    /// </summary>
    /// <param name="x">The input of the first layer.</param>
    /// <param name="count">Number of layers.</param>
    /// <param name="layer">Writes one layer: from its input and number to its output.</param>
    /// <param name="axes">The axes of the layers' inputs and outputs.</param>
    public string Layers(string x, int count, Func<string, int, string> layer, params ReadOnlySpan<string> axes)
    {
        for (var i = 0; i < count; i++)
        {
            outputs.Offer($"hidden_states.{i}", x, axes);
            if (outputs.Complete)
            {
                _endsEarly = true;
                break;
            }

            x = layer(x, i);
        }

        return x;
    }

    /// <summary>Writes a network and creates its session. Takes ownership of the checkpoint.</summary>
    /// <param name="network">The network under construction.</param>
    /// <param name="build">Writes it.</param>
    /// <param name="complaint">The message of an exception for a network that cannot run, before the reason.</param>
    /// <param name="checkpoint">The file of the tensors.</param>
    /// <param name="options">Runtime options.</param>
    /// <exception cref="ArgumentException">A requested output was not offered.</exception>
    /// <exception cref="InvalidDataException">The network cannot run.</exception>
    /// <exception cref="NotSupportedException">config.json or the checkpoint describes an unsupported network.</exception>
    public static OnnxModel Assemble<TNetwork>(
        TNetwork network, Action<TNetwork> build, string complaint, Checkpoint checkpoint, OnnxModelOptions? options)
        where TNetwork : NetworkGraph
    {
        try
        {
            build(network);
            network.Outputs.RefuseUnknown();
            if (!network._endsEarly)
            {
                network.Weights.RefuseUnread();
            }

            return network.Graph.Build(options, checkpoint);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"{complaint}: {e.Message.AsSpan().Trim().ToString().Split('\n')[0]}", e);
        }
    }

    /// <summary>The message for a network from config.json.</summary>
    public static string CannotRun(string family) => $"config.json describes a network of the family {family} that cannot be run";
}

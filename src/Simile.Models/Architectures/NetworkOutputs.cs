using System.Globalization;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// The values of a network that somebody asked for, by name. A network offers each value it comes by; only what was asked for becomes
/// an output of the graph, and what only an output that nobody asked for would need is not built.
/// </summary>
/// <remarks>The names are one vocabulary for all families, that of transformers: see docs/models/networks.md.</remarks>
internal sealed class NetworkOutputs(GraphBuilder graph, IEnumerable<string> wanted)
{
    private readonly HashSet<string> _missing = [.. wanted];
    private readonly List<string> _known = [];

    /// <summary>Whether everything asked for is there, so that the rest of the network need not be built.</summary>
    public bool Complete => _missing.Count == 0;

    /// <summary>Whether a value is still wanted.</summary>
    public bool Wants(string name)
    {
        if (!_known.Contains(name))
        {
            _known.Add(name);
        }

        return _missing.Contains(name);
    }

    /// <summary>Makes a value an output if it was asked for; its axes are numbers, or names where the size may vary.</summary>
    public void Offer(string name, string value, params ReadOnlySpan<string> axes)
    {
        if (Wants(name))
        {
            graph.Output(name, value, TensorElementType.Float, axes);
            _missing.Remove(name);
        }
    }

    /// <summary>Builds a network with the first of several outputs that it has.</summary>
    /// <param name="names">Names of outputs, the best first.</param>
    /// <param name="build">Builds the network with an output.</param>
    /// <exception cref="ArgumentException">It has none of them.</exception>
    public static (OnnxModel Network, string Output) First(IReadOnlyList<string> names, Func<string, OnnxModel> build)
    {
        for (var i = 0; i < names.Count - 1; i++)
        {
            try
            {
                return (build(names[i]), names[i]);
            }
            catch (ArgumentException)
            {
                // The family calls it by another name.
            }
        }

        return (build(names[^1]), names[^1]);
    }

    /// <summary>A size as an axis.</summary>
    public static string Axis(long size) => size.ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses names that the network turned out not to have.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public void RefuseUnknown()
    {
        if (!Complete)
        {
            throw new ArgumentException($"The network has no output \"{_missing.First()}\"; it has {string.Join(", ", _known.Where(name => !_missing.Contains(name)))}.");
        }
    }
}

using System.Globalization;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>
/// The requested values of a network, by name. A network offers every value that it computes. Only requested values become
/// outputs of the graph, and nodes that only serve other values are left out.
/// </summary>
/// <remarks>All families use the names of transformers. See docs/models/networks.md.</remarks>
internal sealed class NetworkOutputs(GraphBuilder graph, IEnumerable<string> wanted)
{
    private readonly HashSet<string> _missing = [.. wanted];
    private readonly List<string> _known = [];

    /// <summary>Whether every requested value was offered, so that the rest of the network can be left out.</summary>
    public bool Complete => _missing.Count == 0;

    /// <summary>Whether a value is still needed.</summary>
    public bool Wants(string name)
    {
        if (!_known.Contains(name))
        {
            _known.Add(name);
        }

        return _missing.Contains(name);
    }

    /// <summary>Makes a value an output if it was requested. Axes are numbers, or names if the size varies.</summary>
    public void Offer(string name, string value, params ReadOnlySpan<string> axes)
    {
        if (Wants(name))
        {
            graph.Output(name, value, TensorElementType.Float, axes);
            _missing.Remove(name);
        }
    }

    /// <summary>Builds a network with the first of several outputs that exists.</summary>
    /// <param name="names">Names of outputs, in order of preference.</param>
    /// <param name="build">Builds the network with the given output.</param>
    /// <exception cref="ArgumentException">The network has none of these outputs.</exception>
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
                // The family uses another name for it.
            }
        }

        return (build(names[^1]), names[^1]);
    }

    /// <summary>A size as an axis.</summary>
    public static string Axis(long size) => size.ToString(CultureInfo.InvariantCulture);

    /// <summary>Refuses requested names that the network does not have.</summary>
    /// <exception cref="ArgumentException">A requested output does not exist.</exception>
    public void RefuseUnknown()
    {
        if (!Complete)
        {
            throw new ArgumentException(
                $"The network has no output \"{_missing.First()}\"; "
                + $"it has {string.Join(", ", _known.Where(name => !_missing.Contains(name)))}.");
        }
    }
}

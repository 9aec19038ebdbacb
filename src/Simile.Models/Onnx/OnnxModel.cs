using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Numerics.Memory;

namespace Simile.Models.Onnx;

/// <summary>A network with a session: named tensors in, named tensors out.</summary>
/// <remarks>
/// Thread-safe: any number of threads may run it. Owns its session, its weights and their memory.
/// </remarks>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly List<IDisposable> _owned = [];
    private readonly ReaderGate _runs = new("The model was disposed: load it again, or dispose it when nobody uses it any more.");

    /// <summary>Creates the session of a graph from <see cref="GraphBuilder"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">Creates each of its weights, by name.</param>
    /// <param name="options">Runtime options.</param>
    /// <param name="checkpoint">The owner of the weights. Disposed with the model, but not if this method fails. Null if not owned.</param>
    internal OnnxModel(byte[] graph, List<(string Name, Func<OrtValue> Make)> weights, OnnxModelOptions options, Checkpoint? checkpoint)
    {
        try
        {
            _session = Start(graph, weights.ConvertAll(weight => (weight.Name, Own(weight.Make()))), options, checkpoint);
        }
        catch
        {
            Dispose();
            throw;
        }

        if (checkpoint is not null)
        {
            _owned.Insert(0, checkpoint); // closed last
        }
    }

    private OnnxModel(InferenceSession session) => _session = session;

    /// <summary>Names of the checkpoint's matrices used in products, if the graph is ours.</summary>
    public IReadOnlyCollection<string> Products { get; init; } = [];

    /// <summary>
    /// Whether some of them are bytes. Then a tiny difference can change a quantized value, so equal inputs must be computed in the same
    /// way.
    /// </summary>
    public bool HasBytes { get; init; }

    /// <summary>Names of the inputs, in the order of the graph.</summary>
    public IReadOnlyList<string> Inputs => _session.InputNames;

    /// <summary>Names of the outputs, in the order of the graph.</summary>
    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>The shape of an output; −1 for a variable size.</summary>
    public int[] OutputShape(string name) => _session.OutputMetadata[name].Dimensions;

    /// <summary>The shape of an input; −1 for a variable size.</summary>
    public int[] InputShape(string name) => _session.InputMetadata[name].Dimensions;

    /// <summary>Initializes ONNX Runtime, which the first network would do otherwise.</summary>
    public static void StartRuntime()
    {
        using var inside = ProcessEnd.Ours.HoldBack();
        OrtEnv.Instance();
    }

    /// <summary>Opens an .onnx file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot run the file.</exception>
    public static OnnxModel Load(string path, OnnxModelOptions? options = null) =>
        Open(path, options, session => new InferenceSession(path, session));

    /// <summary>Opens an .onnx file with an inner value as an output. See <see cref="InnerOutput.Add"/> for the names.</summary>
    /// <returns>The network and the output's name.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">ONNX Runtime cannot run the file.</exception>
    /// <exception cref="ArgumentException">The network has no such value.</exception>
    public static (OnnxModel Model, string Output) LoadWithInner(string path, string layer, OnnxModelOptions? options = null)
    {
        var output = layer;
        var model = Open(path, options, session =>
        {
            (var bytes, output) = InnerOutput.Add(path, layer);
            session.AddSessionConfigEntry(
                "session.model_external_initializers_file_folder_path", Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new InferenceSession(bytes, session);
        });
        return (model, output);
    }

    private static OnnxModel Open(string path, OnnxModelOptions? options, Func<SessionOptions, InferenceSession> open)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no model file {path}.", path);
        }

        GitLfs.Refuse(path);
        using var inside = ProcessEnd.Ours.HoldBack();
        using var session = (options ?? new OnnxModelOptions { Optimize = true }).ToSessionOptions();
        try
        {
            return new OnnxModel(open(session));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"{path} is not an ONNX model that ONNX Runtime can run: {FirstLine(e.Message)}", e);
        }
    }

    /// <summary>Runs the network. The caller disposes the outputs, which have the order of <paramref name="outputs"/>.</summary>
    /// <exception cref="InvalidDataException">The network rejects these inputs.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        IReadOnlyCollection<string> inputs, IReadOnlyCollection<OrtValue> values, IReadOnlyCollection<string> outputs)
    {
        using var inside = ProcessEnd.Ours.HoldBack();
        using var run = _runs.Enter(); // not before: who waits for the end of the process must not keep Dispose waiting
        try
        {
            using var options = new RunOptions();
            return _session.Run(options, inputs, values, outputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"The network cannot run on this input: {FirstLine(e.Message)}", e);
        }
    }

    /// <summary>
    /// Runs the network on inputs that <paramref name="input"/> creates by name; they are freed afterwards. The caller disposes the
    /// outputs.
    /// </summary>
    /// <exception cref="InvalidDataException">The network rejects these inputs.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(Func<string, OrtValue> input, IReadOnlyCollection<string> outputs)
    {
        var values = new List<OrtValue>(Inputs.Count);
        try
        {
            foreach (var name in Inputs)
            {
                values.Add(input(name));
            }

            return Run(Inputs, values, outputs);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <summary>Waits for runs in progress, then frees the network.</summary>
    public void Dispose()
    {
        if (!_runs.Close())
        {
            return;
        }

        _session?.Dispose();
        for (var i = _owned.Count - 1; i >= 0; i--)
        {
            _owned[i].Dispose();
        }

        _owned.Clear();
    }

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }

    private static InferenceSession Start(
        byte[] graph, List<(string Name, OrtValue Value)> weights, OnnxModelOptions options, Checkpoint? checkpoint)
    {
        using var inside = ProcessEnd.Ours.HoldBack();
        using var sweep = checkpoint is null ? null : new PageSweep(checkpoint);
        using var session = options.ToSessionOptions();
        foreach (var (name, value) in weights)
        {
            session.AddInitializer(name, value);
        }

        return new InferenceSession(graph, session);
    }

    private static string FirstLine(string message) => message.Trim().Split('\n')[0].TrimEnd().TrimEnd('.', ':') + ".";
}

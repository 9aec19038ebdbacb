using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Models.Text;

namespace Simile.Models;

/// <summary>
/// Makes the matrices of a transformer bytes: weights once, each row by its own scale, what they are multiplied with at each run, each token by
/// its own. The folder is in the layout of compressed-tensors ("int-quantized": int8 weights per channel, dynamic int8 activations per token).
/// </summary>
/// <remarks>
/// Only what the network multiplies with inside its layers becomes bytes; norms, biases and heads stay, large tables become float16. Weights have
/// 7 bits: then no processor's sums overflow, with VNNI or without, and every machine gives the same vectors.
/// </remarks>
public static class ModelQuantizer
{
    private const int LargeTable = 1 << 20;

    /// <summary>Quantises a model into a folder.</summary>
    /// <param name="model">A folder, or the name of a model in the hub's cache: of texts, pictures or sounds, or of two towers.</param>
    /// <param name="folder">The folder to write; made where it is missing. Its weights come last: without them it is no model.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between tensors.</param>
    /// <exception cref="ArgumentException">The folder is the model's own.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="FileNotFoundException">It has no weights.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    /// <exception cref="NotSupportedException">It is no transformer that is built from its weights, or is quantised already.</exception>
    public static QuantizationResult Quantize(string model, string folder, IProgress<QuantizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (model == TextEmbedder.BuiltIn)
        {
            throw new NotSupportedException("The built-in model is in bytes already: name another.");
        }

        var whole = ModelFolder.Find(model);
        var network = whole.Kind == ModelKind.Transformer ? Network(model, whole) : throw NotMultiplied(model);
        var products = Products(model, network);
        using var checkpoint = network.Files.OpenCheckpoint();
        var kept = checkpoint.Tensors.Values.Where(t => t.Shape.Length == 2 && !products.Contains(t.Name)).Select(t => t.Name);
        var target = QuantizedFolder.Begin(whole, network.Files, folder, kept);
        var parts = checkpoint.Tensors.Values.SelectMany(tensor => Parts(tensor, products.Contains(tensor.Name))).ToArray();
        SafeTensorsWriter.Write(Path.Combine(target, "model.safetensors"), parts, done =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new QuantizationProgress(done, parts.Length));
        });
        return new QuantizationResult(
            folder,
            products.Count,
            checkpoint.Tensors.Values.Sum(t => (long)t.Bytes.Length),
            new FileInfo(Path.Combine(target, "model.safetensors")).Length,
            ModelKinds.Of(model).Contains(MediaKind.Text));
    }

    private static JointFolder Network(string model, ModelFolder whole) =>
        JointFolder.Find(model) is var joint && JointNetwork.Knows(joint.Family) ? joint : JointFolder.Of(SentenceModules.Read(whole).Transformer);

    // The matrices are what the network itself says it multiplies with.
    private static HashSet<string> Products(string model, JointFolder network)
    {
        var (family, products) = (network.Family, new HashSet<string>());
        if (JointNetwork.Knows(family))
        {
            Add((c, t) => JointNetwork.BuildText(c, t, ["text_embeds"]));
            Add((c, t) => family == "clap" ? JointNetwork.BuildSound(c, t, ["audio_embeds"]) : JointNetwork.BuildPicture(c, t, ["image_embeds"]));
        }
        else
        {
            string[] hidden = ["last_hidden_state"];
            Add(TextNetwork.Knows(family) ? (c, t) => TextNetwork.Build(c, t, hidden)
                : ImageNetwork.Knows(family) ? (c, t) => ImageNetwork.Build(c, t, hidden)
                : SoundNetwork.Knows(family) ? (c, t) => SoundNetwork.Build(c, t, hidden)
                : throw NotMultiplied(model));
        }

        return products.Count > 0 ? products : throw NotMultiplied(model);

        void Add(Func<JsonElement, Checkpoint, OnnxModel> build)
        {
            using var built = network.Build((config, checkpoint) => checkpoint.Tensors.Values.All(tensor => tensor.Scales is null) ? build(config, checkpoint)
                : throw new NotSupportedException($"{model} is in bytes already."));
            products.UnionWith(built.Products);
        }
    }

    private static IEnumerable<TensorPart> Parts(Tensor tensor, bool multiplied)
    {
        if (multiplied)
        {
            var rounded = new Lazy<(sbyte[] Bytes, float[] Scales)>(() => ByteMatrix.Round(tensor.ToFloats().Span, (int)tensor.Shape[0]));
            yield return new TensorPart(tensor.Name, DType.I8, tensor.Shape, () => AsBytes<sbyte>(rounded.Value.Bytes));
            yield return new TensorPart(tensor.Name + "_scale", DType.F32, [tensor.Shape[0], 1], () => AsBytes<float>(rounded.Value.Scales));
        }
        else if (tensor is { Type: DType.F32, Shape.Length: 2, Length: >= LargeTable } && FitsHalves(tensor))
        {
            yield return new TensorPart(tensor.Name, DType.F16, tensor.Shape, () => Halves(tensor));
        }
        else
        {
            yield return new TensorPart(tensor.Name, tensor.Type, tensor.Shape, () => tensor.Bytes);
        }
    }

    private static bool FitsHalves(Tensor tensor) =>
        Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(tensor.ToFloats().Span)) <= (float)Half.MaxValue;

    private static byte[] Halves(Tensor tensor)
    {
        var halves = new Half[tensor.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(tensor.ToFloats().Span, halves);
        return AsBytes<Half>(halves);
    }

    private static byte[] AsBytes<T>(T[] numbers)
        where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(numbers).ToArray();

    private static NotSupportedException NotMultiplied(string model) =>
        new($"{model} has no matrices that could be bytes: transformers of texts, pictures and sounds can be quantised, from their own weights.");
}

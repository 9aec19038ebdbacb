using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Models.Text;

namespace Simile.Models;

/// <summary>
/// Quantizes the matrices of a transformer to bytes: weights once, with one scale per row; activations at each run, with one scale
/// per token. The folder has the layout of compressed-tensors ("int-quantized": int8 weights per channel, dynamic int8 activations per
/// token).
/// </summary>
/// <remarks>
/// Only matrices inside the layers are quantized. Norms, biases and heads stay, large tables become float16. Weights have
/// 7 bits, so sums overflow on no processor, with or without VNNI, and every machine gives the same vectors.
/// </remarks>
public static class ModelQuantizer
{
    private const int LargeTable = 1 << 20;

    /// <summary>Writes a copy of a transformer whose matrices have one byte per weight.</summary>
    /// <param name="model">A folder, or the name of a model in the hub's cache: for texts, pictures or sounds, or a dual encoder.</param>
    /// <param name="folder">
    /// The folder to write. Created if it is missing. The weights are written last: without them the folder is not a model.
    /// </param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Checked between tensors.</param>
    /// <exception cref="ArgumentException">The folder is that of the model.</exception>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The model has no weights.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    /// <exception cref="NotSupportedException">The model is not a transformer built from its weights, or is already quantized.</exception>
    public static QuantizationResult Quantize(
        string model, string folder, IProgress<QuantizationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (model == TextEmbedder.BuiltIn)
        {
            throw new NotSupportedException("The built-in model is already quantized: use another model.");
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

    private static DualEncoderFolder Network(string model, ModelFolder whole) =>
        DualEncoderFolder.Find(model) is var joint && DualEncoderNetwork.Knows(joint.Family)
            ? joint
            : DualEncoderFolder.Of(SentenceModules.Read(whole).Transformer);

    // The network lists the matrices that it uses in products.
    private static HashSet<string> Products(string model, DualEncoderFolder network)
    {
        var (family, products) = (network.Family, new HashSet<string>());
        if (DualEncoderNetwork.Knows(family))
        {
            Add((c, t) => DualEncoderNetwork.BuildText(c, t, ["text_embeds"]));
            Add((c, t) => family == "clap"
                ? DualEncoderNetwork.BuildSound(c, t, ["audio_embeds"])
                : DualEncoderNetwork.BuildPicture(c, t, ["image_embeds"]));
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
            using var built = network.Build(
                (config, checkpoint) => checkpoint.Tensors.Values.All(tensor => tensor.Scales is null) ? build(config, checkpoint)
                    : throw new NotSupportedException($"{model} is already quantized."));
            products.UnionWith(built.Products);
        }
    }

    private static IEnumerable<TensorPart> Parts(Tensor tensor, bool multiplied)
    {
        if (multiplied)
        {
            var rounded = new Lazy<(sbyte[] Bytes, float[] Scales)>(() => ByteMatrix.Round(tensor.ToFloats().Span, (int)tensor.Shape[0]));
            yield return new TensorPart(tensor.Name, DType.I8, tensor.Shape, () => AsBytes<sbyte>(rounded.Value.Bytes));
            yield return new TensorPart(
                tensor.Name + "_scale", DType.F32, [tensor.Shape[0], 1], () => AsBytes<float>(rounded.Value.Scales));
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
        new($"{model} cannot be quantized: only transformers for texts, pictures and sounds with their own weights can.");
}

using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Onnx;

namespace Simile.Models.Projection;

/// <summary>
/// Reads a <see cref="ByteNetwork"/> from an ONNX file with the structure of converted, quantized TensorFlow Lite classifiers.
/// </summary>
internal sealed class ByteNetworkReader
{
    private const int ByteType = 2;
    private const int SignedByteType = 3;

    private readonly string _path;
    private readonly Dictionary<string, TensorProto> _tensors;
    private readonly Dictionary<string, NodeProto> _dequantized = [];
    private readonly Dictionary<string, int> _outputs = [];
    private readonly List<ByteLayer> _layers = [];
    private bool _sigmoid;

    private ByteNetworkReader(string path, GraphProto graph)
    {
        _path = path;
        _tensors = graph.Initializer.ToDictionary(tensor => tensor.Name);
    }

    /// <exception cref="InvalidDataException">The file is not an ONNX model.</exception>
    /// <exception cref="NotSupportedException">The network has another structure.</exception>
    public static ByteNetwork Read(string path)
    {
        var model = OnnxFile.Read(path);
        var reader = new ByteNetworkReader(path, model.Graph);
        foreach (var node in model.Graph.Node)
        {
            reader.Read(node);
        }

        return reader._layers.Count < 2 ? throw reader.Foreign("it has no convolutions")
            : new ByteNetwork(reader._layers[0].Shape[1] * reader._layers[0].Groups, reader._sigmoid, reader._layers);
    }

    private void Read(NodeProto node)
    {
        switch (node.OpType)
        {
            case "DequantizeLinear":
                _dequantized.Add(node.Output[0], node);
                break;
            case "Conv" or "Gemm":
                _layers.Add(Layer(node));
                Came(node);
                break;
            case "Relu":
                Limit(node, 0, float.PositiveInfinity);
                break;
            case "Clip":
                Limit(node, Number(node.Input[1]), Number(node.Input[2]));
                break;
            case "Add":
                _layers[^1] = _layers[^1] with { Adds = node.Input.Select(name => _outputs[name]).Min() };
                Came(node);
                break;
            case "Slice":
                DropFirst((int)MemoryMarshal.Cast<byte, long>(Tensor(node.Input[1]).RawData.Span)[0]);
                break;
            case "Sigmoid":
                _sigmoid = true;
                break;
            case "GlobalAveragePool" or "Flatten":
                Came(node);
                break;
            default:
                throw Foreign($"it has a {node.OpType}");
        }
    }

    private void Came(NodeProto node) => _outputs[node.Output[0]] = _layers.Count - 1;

    private void Limit(NodeProto node, float low, float high)
    {
        var last = _layers[^1];
        _layers[^1] = last.Adds < 0 ? last with { Low = low, High = high } : last with { SumLow = low, SumHigh = high };
        Came(node);
    }

    private ByteLayer Layer(NodeProto node)
    {
        var shape = (_dequantized.TryGetValue(node.Input[1], out var quantized) ? Tensor(quantized.Input[0]) : Tensor(node.Input[1])).Dims
            .Select(size => (int)size)
            .ToArray();
        shape = shape.Length == 2 ? [.. shape, 1, 1] : shape;
        var (weights, scales, offsets) = quantized is null ? Quantize(Floats(node.Input[1]), shape[0]) : Quantized(quantized, shape[0]);
        var group = node.Attribute.FirstOrDefault(attribute => attribute.Name == "group")?.I ?? 1;
        var stride = node.Attribute.FirstOrDefault(attribute => attribute.Name == "strides")?.Ints[0] ?? 1;
        return new ByteLayer(
            shape,
            (int)stride,
            (int)group,
            float.NegativeInfinity,
            float.PositiveInfinity,
            -1,
            float.NegativeInfinity,
            float.PositiveInfinity)
        {
            Weights = weights,
            Scales = scales,
            Offsets = offsets,
            Bias = Floats(node.Input[2]),
        };
    }

    private (byte[] Weights, float[] Scales, float[] Offsets) Quantized(NodeProto node, int channels)
    {
        var tensor = Tensor(node.Input[0]);
        var signed = tensor.DataType == SignedByteType;
        if (!signed && tensor.DataType != ByteType)
        {
            throw Foreign("its weights are neither bytes nor single precision");
        }

        var scales = Floats(node.Input[1]);
        var zeros = Tensor(node.Input[2]).RawData.Span;
        var weights = tensor.RawData.ToByteArray();
        for (var i = 0; i < weights.Length && signed; i++)
        {
            weights[i] ^= 0x80;
        }

        var (allScales, offsets) = (new float[channels], new float[channels]);
        for (var c = 0; c < channels; c++)
        {
            allScales[c] = scales[scales.Length == 1 ? 0 : c];
            var zero = zeros[zeros.Length == 1 ? 0 : c];
            offsets[c] = -allScales[c] * (signed ? (sbyte)zero + 128 : zero);
        }

        return (weights, allScales, offsets);
    }

    // A few layers have single-precision weights.
    private static (byte[] Weights, float[] Scales, float[] Offsets) Quantize(float[] weights, int channels)
    {
        var each = weights.Length / channels;
        var (bytes, scales, offsets) = (new byte[weights.Length], new float[channels], new float[channels]);
        for (var c = 0; c < channels; c++)
        {
            var row = weights.AsSpan(c * each, each);
            var (least, most) = (row[0], row[0]);
            foreach (var weight in row)
            {
                (least, most) = (MathF.Min(least, weight), MathF.Max(most, weight));
            }

            (scales[c], offsets[c]) = (MathF.Max(most - least, 1e-20f) / 255, least);
            for (var i = 0; i < each; i++)
            {
                bytes[(c * each) + i] = (byte)Math.Clamp(MathF.Round((row[i] - least) / scales[c]), 0, 255);
            }
        }

        return (bytes, scales, offsets);
    }

    // TensorFlow's ImageNet classifiers have a background class, which comes first.
    private void DropFirst(int count)
    {
        var last = _layers[^1];
        var each = last.Weights.Length / last.Shape[0];
        _layers[^1] = last with
        {
            Shape = [last.Shape[0] - count, .. last.Shape[1..]],
            Weights = last.Weights[(count * each)..],
            Scales = last.Scales[count..],
            Offsets = last.Offsets[count..],
            Bias = last.Bias[count..],
        };
    }

    private TensorProto Tensor(string name) =>
        _tensors.TryGetValue(name, out var tensor) ? tensor : throw Foreign($"its value {name} is not a constant");

    private float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(Tensor(name).RawData.Span).ToArray();

    private float Number(string name) => Floats(name)[0];

    private NotSupportedException Foreign(string why) =>
        new($"{_path} cannot be packed, because it is not a chain of convolutions with a classifier: {why}.");
}

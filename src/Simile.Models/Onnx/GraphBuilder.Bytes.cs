using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Simile.Models.Checkpoints;
using Tensor = Simile.Models.Checkpoints.Tensor;

namespace Simile.Models.Onnx;

/// <content>Products with byte matrices.</content>
internal sealed partial class GraphBuilder
{
    private readonly Dictionary<(string X, int Levels), (string Bytes, string Scales)> _byteRows = [];
    private bool _hasBytes;

    // x · Wᵀ, where each row of W has a scale. x is quantized too, each row with its own scale (Zafrir et al. 2019 use one scale for all
    // of x), so that a text's vector does not depend on the rest of the batch.
    private string ByteMatMul(string x, Tensor weight)
    {
        var (rows, columns) = (weight.Shape[0], weight.Shape[1]);
        var levels = Levels(weight);
        var (bytes, scales) = ByteRows(x, levels);
        if (!_tensors.TryGetValue((weight, true), out var turned))
        {
            var values = new sbyte[weight.Length];
            Checkpoints.Transpose.Copy(MemoryMarshal.Cast<byte, sbyte>(weight.Bytes.Span), (int)rows, (int)columns, values, (int)rows);
            turned = _tensors[(weight, true)] = Weight<sbyte>(values, columns, rows);
        }

        _hasBytes = true;
        var product = Add(
            "com.microsoft.MatMulIntegerToFloat",
            [bytes, turned, Scalar(1f), Weight<float>(weight.Scales!, rows), Scalar((byte)(levels + 1))]);
        var scaled = Add("Mul", [product, scales]);
        _unscaled[scaled] = (product, scales);
        return scaled;
    }

    // The rows of x as bytes around levels + 1, and their scales. A zero row has the scale 0, so it stays zero.
    private (string Bytes, string Scales) ByteRows(string x, int levels)
    {
        if (_byteRows.TryGetValue((x, levels), out var known))
        {
            return known;
        }

        var (bytes, scales) = (NewName(), NewName());
        if (_rows.TryGetValue(x, out var node) && node.Node.Output.Count == 1)
        {
            node.Node.Output.Add([bytes, scales]);
            node.Node.Input[node.Levels] = Scalar((float)levels);
        }
        else
        {
            Add(OwnName("ByteRows"), [x, Scalar((float)levels)], [string.Empty, bytes, scales], []);
        }

        return _byteRows[(x, levels)] = (bytes, scales);
    }

    // Processors without VNNI add two products in 16 bits: 8 by 7 bits fit, 8 by 8 bits overflow.
    private static int Levels(Tensor weight)
    {
        var values = MemoryMarshal.Cast<byte, sbyte>(weight.Bytes.Span);
        return TensorPrimitives.Min(values) >= -ByteMatrix.Largest && TensorPrimitives.Max(values) <= ByteMatrix.Largest ? 127 : 63;
    }
}

using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;

namespace Simile.Models.Onnx;

/// <summary>The layers of networks. ONNX Runtime's fused CPU operators are used if they exist.</summary>
internal sealed partial class GraphBuilder
{
    // A tensor that several layers share is in the graph once.
    private readonly Dictionary<(Tensor Tensor, bool Turned), string> _tensors = [];

    // 16-bit tables in their stored form.
    private readonly Dictionary<Tensor, string> _halves = [];

    // Names of the tensors used in matrix products.
    private readonly HashSet<string> _products = [];

    /// <summary>The tensor in its stored form.</summary>
    public string Weight(Tensor tensor) => _tensors.TryGetValue((tensor, false), out var name) ? name
        : _tensors[(tensor, false)] = Weight(tensor.ToFloats(), tensor.Shape);

    /// <summary>Gathers rows of a table [rows, columns] by int64 or int32 ids, as float32.</summary>
    /// <remarks>A 16-bit table stays in its stored form. Only the gathered rows are converted to float32, exactly.</remarks>
    public string Rows(string ids, Tensor table) => Half(table) is { } stored
        ? Cast(Add("Gather", [stored, ids]), TensorElementType.Float)
        : Add("Gather", [Weight(table), ids]);

    /// <summary>x · Wᵀ: a PyTorch linear layer without bias. W is [out, in].</summary>
    public string MatMul(string x, Tensor weight)
    {
        _products.Add(weight.Whole);
        return weight.Scales is null ? Add("com.microsoft.FusedMatMul", [x, Weight(weight)], ("transB", 1L)) : ByteMatMul(x, weight);
    }

    /// <summary>x · Wᵀ + b.</summary>
    public string Linear(string x, Tensor weight, Tensor? bias)
    {
        var product = MatMul(x, weight);
        return bias is null ? product : Add("Add", [product, Weight(bias)]);
    }

    /// <summary>activation(x · Wᵀ + b).</summary>
    public string Linear(string x, Tensor weight, Tensor bias, string activation) => activation switch
    {
        "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => Add("com.microsoft.FastGelu", [MatMul(x, weight), Weight(bias)]),
        "gelu" or "gelu_python" => GeluRows(MatMul(x, weight), bias),
        _ => Activation(Linear(x, weight, bias), activation),
    };

    /// <summary>An activation by its name in config.json.</summary>
    /// <exception cref="InvalidDataException">The name is unknown.</exception>
    public string Activation(string x, string name) => name switch
    {
        "gelu" or "gelu_python" => Add("com.microsoft.Gelu", [x]),
        "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => Add("com.microsoft.FastGelu", [x]),
        "relu" => Add("Relu", [x]),
        "silu" or "swish" => Add("com.microsoft.QuickGelu", [x], ("alpha", 1f)),
        "quick_gelu" => Add("com.microsoft.QuickGelu", [x], ("alpha", 1.702f)),
        "tanh" => Add("Tanh", [x]),
        "sigmoid" => Add("Sigmoid", [x]),
        "linear" or "identity" => x,
        _ => throw new InvalidDataException($"config.json asks for the activation \"{name}\", which is unknown."),
    };

    /// <summary>Layer norm over the last axis.</summary>
    public string LayerNorm(string x, Tensor scale, Tensor? shift, float epsilon) =>
        Add(
            "LayerNormalization",
            shift is null ? [x, Weight(scale)] : [x, Weight(scale), Weight(shift)],
            ("axis", -1L),
            ("epsilon", epsilon));

    /// <summary>RMS norm over the last axis, times <paramref name="scale"/>.</summary>
    public string RmsNorm(string x, string scale, float epsilon) =>
        Add("SimplifiedLayerNormalization", [x, scale], ("axis", -1L), ("epsilon", epsilon));

    /// <summary>activation(gate) · up, the gated linear unit of Shazeer 2020.</summary>
    public string Gated(string gate, string up, string activation) => Add("Mul", [Activation(gate, activation), up]);

    /// <summary>Layer norm of x + residual + bias.</summary>
    public string SkipLayerNorm(string x, string residual, Tensor bias, Tensor scale, Tensor shift, float epsilon) =>
        NormRows(x, bias, residual, scale, shift, epsilon);

    /// <summary>Reshapes a value. 0 keeps the axis, −1 is inferred.</summary>
    public string Reshape(string x, params long[] shape) => Add("Reshape", [x, Constant(shape)]);

    /// <summary>Casts a value to another type.</summary>
    public string Cast(string x, TensorElementType type) => Add("Cast", [x], ("to", (long)type));

    private string? Half(Tensor table) => _halves.TryGetValue(table, out var name) ? name : table.Type switch
    {
        DType.F16 => _halves[table] = Weight(new CastMemory<Float16>(table.Bytes).Memory, table.Shape),
        DType.BF16 => _halves[table] = Weight(new CastMemory<BFloat16>(table.Bytes).Memory, table.Shape),
        _ => null,
    };
}

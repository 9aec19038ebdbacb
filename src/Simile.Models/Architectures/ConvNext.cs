using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>ConvNeXt (Liu et al. 2022) and ConvNeXt v2 (Woo et al. 2023) with the names of transformers, timm and torchvision.</summary>
internal sealed class ConvNext
{
    // The epsilon of every norm, except transformers' last norm and the norms of timm's largest network.
    private const float UsualEpsilon = 1e-6f;

    private static readonly Names Transformers = new()
    {
        Stem = ("embeddings.patch_embeddings", "embeddings.layernorm"),
        Downsample = stage => ($"encoder.stages.{stage}.downsampling_layer.0", $"encoder.stages.{stage}.downsampling_layer.1"),
        Block = (stage, i) => $"encoder.stages.{stage}.layers.{i}.",
        Steps = ("dwconv", "layernorm", "pwconv1", "pwconv2", "layer_scale_parameter", "grn"),
        Norm = "layernorm",
        Classifier = "classifier",
    };

    private static readonly Names Timm = new()
    {
        Stem = ("stem.0", "stem.1"),
        Downsample = stage => ($"stages.{stage}.downsample.0", $"stages.{stage}.downsample.1"),
        Block = (stage, i) => $"stages.{stage}.blocks.{i}.",
        Steps = ("conv_dw", "norm", "mlp.fc1", "mlp.fc2", "gamma", "mlp.grn"),
        Norm = "head.norm",
        Classifier = "head.fc",
    };

    private static readonly Names TorchVision = new()
    {
        Stem = ("features.0.0", "features.0.1"),
        Downsample = stage => ($"features.{2 * stage}.0", $"features.{2 * stage}.1"),
        Block = (stage, i) => $"features.{(2 * stage) + 1}.{i}.",
        Steps = ("block.0", "block.2", "block.3", "block.5", "layer_scale", "none"),
        Norm = "classifier.0",
        Classifier = "classifier.2",
    };

    private readonly ConvolutionGraph _network;
    private readonly Names _names;

    private readonly float _epsilon;
    private readonly string _activation;

    private ConvNext(ConvolutionGraph network, Names names)
    {
        (_network, _names) = (network, names);
        var (arguments, architecture) = (network.Config.Child("model_args"), network.Config.Text("architecture", string.Empty));
        var isSmallTest = architecture.StartsWith("test_convnext", StringComparison.Ordinal);
        _epsilon = arguments?.OptionalPositive("norm_eps") ?? (isSmallTest || architecture == "convnext_xxlarge" ? 1e-5f : UsualEpsilon);
        _activation = network.Config.Text(
            "hidden_act", architecture == "test_convnext3" ? "silu" : isSmallTest ? "gelu_pytorch_tanh" : "gelu");
    }

    /// <summary>Writes the whole network.</summary>
    public static void Build(ConvolutionGraph network) => new ConvNext(
        network,
        network.Weights.Has("stem.0.weight") ? Timm : network.Weights.Has("features.0.0.weight") ? TorchVision : Transformers).Build();

    private void Build()
    {
        _network.Config.Known(
            "model_args", "depths", "dims", "num_classes", "in_chans", "patch_size", "kernel_sizes",
            "use_grn", "ls_init_value", "drop_rate", "drop_path_rate", "norm_eps");
        var size = _network.KernelSize(_names.Stem.Convolution).Height;
        var x = Norm(
            _network.Convolution(_network.Pixels, _names.Stem.Convolution, stride: (int)size, padding: ConvolutionPadding.Valid),
            _names.Stem.Norm);
        var depths = new List<int>();
        for (var stage = 0; Has(stage, 0); stage++)
        {
            depths.Add(0);
            _network.Offer($"hidden_states.{stage}", x);
            var (norm, convolution) = _names.Downsample(stage);
            if (stage > 0)
            {
                x = _network.Convolution(Norm(x, norm), convolution, stride: 2, padding: ConvolutionPadding.Valid);
            }

            for (var i = 0; Has(stage, i); i++)
            {
                x = Block(x, _names.Block(stage, i));
                depths[stage]++;
            }

            _network.Offer($"stages.{stage}", x);
        }

        _network.CheckDepths(depths);

        // A timm checkpoint without a head also lacks the last norm.
        var vector = _network.Mean(x);
        var epsilon = _names == Transformers ? _network.Config.Positive("layer_norm_eps", 1e-12f) : _epsilon;
        _network.End(
            x,
            _network.Weights.Has(_names.Norm + ".weight") ? _network.LayerNorm(vector, _names.Norm, x.Channels, epsilon) : vector,
            _names.Classifier);
    }

    private bool Has(int stage, int block) => _network.Weights.Has(_names.Block(stage, block) + _names.Steps.Depthwise + ".weight");

    private FeatureMap Block(FeatureMap x, string prefix)
    {
        var graph = _network.Graph;
        var y = graph.Transpose(_network.Convolution(x, prefix + _names.Steps.Depthwise).Value, 0, 2, 3, 1);
        y = _network.LayerNorm(y, prefix + _names.Steps.Norm, x.Channels, _epsilon);
        var wide = _network.Weights.Find(prefix + _names.Steps.Up + ".weight")?.Shape[0] ?? 4 * x.Channels;
        y = _network.Linear(y, prefix + _names.Steps.Up, wide, x.Channels, _activation);
        if (_network.Weights.Find(prefix + _names.Steps.ResponseNorm + ".weight") is { } scale)
        {
            y = ResponseNorm(y, scale, _network.Weights.Find(prefix + _names.Steps.ResponseNorm + ".bias"), wide);
        }

        y = _network.Linear(y, prefix + _names.Steps.Down, x.Channels, wide);
        if (_network.Weights.Find(prefix + _names.Steps.Scale) is { } layerScale)
        {
            layerScale = layerScale.Length == x.Channels
                ? layerScale
                : throw new InvalidDataException($"Tensor {layerScale.Name} must hold {x.Channels} numbers.");
            y = graph.Add("Mul", [y, graph.Weight(layerScale.ToFloats(), x.Channels)]);
        }

        return x with { Value = graph.Add("Add", [x.Value, graph.Transpose(y, 0, 3, 1, 2)]) };
    }

    // Global response normalization: channels are scaled by their norm over the picture, relative to the other channels.
    private string ResponseNorm(string y, Tensor scale, Tensor? shift, long wide)
    {
        if (shift is null || scale.Length != wide || shift.Length != wide)
        {
            throw new InvalidDataException($"Tensor {scale.Name} and its bias must hold {wide} numbers each.");
        }

        var graph = _network.Graph;
        var length = graph.Add("ReduceL2", [y, graph.Constant(1L, 2L)]);
        var share = graph.Add(
            "Div", [length, graph.Add("Add", [graph.Add("ReduceMean", [length, graph.Constant(-1L)]), graph.Scalar(1e-6f)])]);
        var scaled = graph.Add("Mul", [graph.Add("Mul", [y, share]), graph.Weight(scale.ToFloats(), wide)]);
        return graph.Add("Add", [graph.Add("Add", [scaled, graph.Weight(shift.ToFloats(), wide)]), y]);
    }

    private FeatureMap Norm(FeatureMap x, string name)
    {
        var normed = _network.LayerNorm(_network.Graph.Transpose(x.Value, 0, 2, 3, 1), name, x.Channels, _epsilon);
        return x with { Value = _network.Graph.Transpose(normed, 0, 3, 1, 2) };
    }

    private sealed record Names
    {
        public required (string Convolution, string Norm) Stem { get; init; }

        public required Func<int, (string Norm, string Convolution)> Downsample { get; init; }

        public required Func<int, int, string> Block { get; init; }

        public required (string Depthwise, string Norm, string Up, string Down, string Scale, string ResponseNorm) Steps { get; init; }

        public required string Norm { get; init; }

        public required string Classifier { get; init; }
    }
}

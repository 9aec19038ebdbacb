namespace Simile.Models.Architectures;

/// <summary>
/// ViT with the names of torchvision's VisionTransformer, of timm, and of DINOv2's own code, in which queries, keys and values share one
/// matrix.
/// </summary>
internal sealed class FusedVit
{
    private const int MostHeads = 16;

    private static readonly Names TorchVision = new(
        "conv_proj", "encoder.pos_embedding", i => $"encoder.layers.encoder_layer_{i}.", "encoder.ln", "heads.head",
        "ln_1", "self_attention.in_proj_weight", "self_attention.in_proj_bias", "self_attention.out_proj", "ln_2", "mlp.0", "mlp.3");

    private static readonly Names Timm = new(
        "patch_embed.proj", "pos_embed", i => $"blocks.{i}.", "norm", "head",
        "norm1", "attn.qkv.weight", "attn.qkv.bias", "attn.proj", "norm2", "mlp.fc1", "mlp.fc2");

    private static readonly Names DinoV2 = Timm with { GatedUp = "mlp.w12", GatedDown = "mlp.w3" };

    private readonly PictureGraph _picture;
    private readonly Names _names;
    private readonly FusedVitShape _shape;
    private readonly int _hidden;

    private FusedVit(PictureGraph picture, Names names, FusedVitShape shape) =>
        (_picture, _names, _shape, _hidden) = (picture, names, shape, Width(picture.Weights, names.Patches));

    /// <summary>
    /// The number of heads of the published networks, which a checkpoint does not contain: 64 components each; 16 heads in the largest.
    /// </summary>
    public static int PublishedHeads(int hidden) => Math.Clamp(hidden / 64, 1, MostHeads);

    /// <summary>The network of torchvision.</summary>
    public static void BuildTorchVision(PictureGraph picture)
    {
        var heads = picture.Config.OptionalSize("num_heads") ?? PublishedHeads(Width(picture.Weights, TorchVision.Patches));
        new FusedVit(
            picture, TorchVision, new FusedVitShape { Heads = heads, First = ["class_token"], Filter = PositionFilter.BicubicCorners })
            .Build();
    }

    /// <summary>The network of timm.</summary>
    public static void BuildTimm(PictureGraph picture) =>
        new FusedVit(
            picture, Timm, TimmVit.Read(picture, Width(picture.Weights, Timm.Patches), (int)Patch(picture.Weights, Timm.Patches)[2]))
            .Build();

    /// <summary>
    /// DINOv2 as its own code publishes it: heads of 64 components. The position table is resampled with antialiasing if there are
    /// registers, otherwise with the offset of the first release.
    /// </summary>
    public static void BuildDinoV2(PictureGraph picture)
    {
        var registers = picture.Weights.Has("register_tokens");
        new FusedVit(picture, DinoV2, new FusedVitShape
        {
            Heads = picture.Config.OptionalSize("num_heads") ?? Math.Max(1, Width(picture.Weights, DinoV2.Patches) / 64),
            First = registers ? ["cls_token", "register_tokens"] : ["cls_token"],
            FirstWithPositions = 1,
            Filter = registers ? PositionFilter.BicubicAntialias : PositionFilter.BicubicOffset,
        }).Build();
    }

    private static int Width(Weights weights, string patches) =>
        Patch(weights, patches) is [> 0 and <= 1 << 20 and var hidden, _, _, _] ? (int)hidden
            : throw new InvalidDataException($"The checkpoint has no convolution {patches}, which this network needs.");

    private static long[] Patch(Weights weights, string patches) =>
        weights.Find(patches + ".weight") is { Shape: [_, _, > 0, > 0] and var shape } ? shape
            : throw new InvalidDataException($"The checkpoint has no convolution {patches}, which this network needs.");

    private void Build()
    {
        var patch = Patch(_picture.Weights, _names.Patches);
        var x = Enter(_picture.Patches(_picture.Pixels, _names.Patches, _hidden, _picture.Channels, (int)patch[3], patch[2], patch[3]));
        if (_picture.Weights.Has("norm_pre.weight"))
        {
            x = Norm(x, "norm_pre");
        }

        var layers = 0;
        while (_picture.Weights.Has(_names.Layer(layers) + _names.Norm1 + ".weight"))
        {
            layers++;
        }

        x = _picture.Layers(x, layers, _hidden, (x, i) => Layer(x, _names.Layer(i)));
        x = _picture.Weights.Has(_names.Norm + ".weight") ? Norm(x, _names.Norm) : x;
        _picture.OfferPatches("last_hidden_state", x, _hidden);
        _picture.OfferPatches("forward_features", x, _hidden);
        new FusedVitHead(_picture, _shape, _hidden).Write(x, _names.Classifier);
    }

    // The first tokens have their own positions in the table, or come before the patches without any.
    private string Enter(string patches)
    {
        string Add(string x, int others) => _picture.Weights.Has(_names.Places)
            ? _picture.Graph.Add("Add", [x, _picture.Places(_names.Places, _hidden, others, _shape.Filter, _shape.Grid)]) : x;
        var own = _shape.FirstWithPositions ?? OwnPositions();
        if (own == 0)
        {
            var placed = Add(patches, 0);
            return _shape.First.Count == 0 ? placed : _picture.Prepend(placed, _hidden, [.. _shape.First]);
        }

        var places = _shape.Vectors(_picture.Weights, _hidden, own);
        var x = Add(_picture.Prepend(patches, _hidden, [.. _shape.First.Take(own)]), places);
        if (own == _shape.First.Count)
        {
            return x;
        }

        // DINOv2's registers are between the class token and the patches, and have no positions.
        var behind = _picture.Prepend(_picture.Graph.Slice(x, 1, places, long.MaxValue), _hidden, [.. _shape.First.Skip(own)]);
        return _picture.Graph.Concat(1, _picture.Graph.Slice(x, 1, 0, places), behind);
    }

    private int OwnPositions() =>
        _picture.Weights.Find(_names.Places) is { } table
        && _shape.TablePositions(table.Length / _hidden, _shape.Vectors(_picture.Weights, _hidden))
            ? _shape.First.Count
            : 0;

    private string Norm(string x, string name) => _picture.LayerNorm(x, name, _hidden, _shape.Epsilon);

    private string Layer(string x, string prefix)
    {
        x = _picture.Graph.Add("Add", [x, Scaled(Attend(Norm(x, prefix + _names.Norm1), prefix), prefix + "ls1.gamma")]);
        return _picture.Graph.Add("Add", [x, Scaled(Unit(Norm(x, prefix + _names.Norm2), prefix), prefix + "ls2.gamma")]);
    }

    private string Attend(string x, string prefix)
    {
        var weights = _picture.Weights;
        var (weight, size) = (weights.Get(prefix + _names.FusedWeight, 3L * _hidden, _hidden), ConfigFile.Share(_hidden, _shape.Heads));
        var bias = weights.Has(prefix + _names.FusedBias) ? weights.Get(prefix + _names.FusedBias, 3L * _hidden) : null;
        var all = _picture.Graph.Linear(x, weight, bias);
        string Part(int i) => _picture.Graph.Slice(all, 2, (long)i * _hidden, (i + 1L) * _hidden);
        string Normed(string part, string name) => !weights.Has($"{prefix}{name}.weight") ? part
            : _picture.Graph.Reshape(
                _picture.LayerNorm(_picture.Graph.Reshape(part, 0, 0, _shape.Heads, size), prefix + name, size, _shape.Epsilon),
                0,
                0,
                _hidden);
        var attention = new Attention { Heads = _shape.Heads, HeadSize = size };
        var context = attention.Write(_picture.Graph, Normed(Part(0), "attn.q_norm"), Normed(Part(1), "attn.k_norm"), Part(2), mask: null);
        return Linear(context, prefix + _names.Output, _hidden, _hidden);
    }

    // In the giant DINOv2, the gated unit's output is half as wide as its first matrix.
    private string Unit(string x, string prefix)
    {
        var (up, down) = _names.GatedUp is { } gatedUp && _picture.Weights.Has($"{prefix}{gatedUp}.weight")
            ? (prefix + gatedUp, prefix + _names.GatedDown)
            : (prefix + _names.Up, prefix + _names.Down);
        var wide = _picture.Weights.Find(down + ".weight") is { Shape: [_, > 0 and <= 1 << 24 and var columns] }
            ? (int)columns
            : 4 * _hidden;
        return _picture.Weights.Find(up + ".weight") is { Shape: [var rows, _] } && rows == 2L * wide
            ? _picture.GatedUnit(x, up, down, _hidden, wide, "silu")
            : Linear(Linear(x, up, wide, _hidden, _shape.Activation), down, _hidden, wide);
    }

    private string Linear(string x, string name, int output, int input, string activation = "linear") =>
        _picture.Linear(x, name, output, input, activation, _picture.Weights.Has(name + ".bias"));

    private string Scaled(string x, string name) =>
        _picture.Weights.Has(name) ? _picture.Graph.Add("Mul", [x, _picture.Graph.Weight(_picture.Weights.Get(name, _hidden))]) : x;

    private sealed record Names(
        string Patches, string Places, Func<int, string> Layer, string Norm, string Classifier,
        string Norm1, string FusedWeight, string FusedBias, string Output, string Norm2, string Up, string Down)
    {
        /// <summary>The matrix of the gated unit; null if it has the names of the others.</summary>
        public string? GatedUp { get; init; }

        public string? GatedDown { get; init; }
    }
}

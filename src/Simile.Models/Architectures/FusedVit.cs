namespace Simile.Models.Architectures;

/// <summary>ViT with the names of torchvision's VisionTransformer and of timm, where one matrix makes queries, keys and values.</summary>
internal sealed class FusedVit
{
    private const float Epsilon = 1e-6f;
    private const int MostHeads = 16;

    private static readonly Names TorchVision = new(
        "conv_proj", "class_token", "encoder.pos_embedding", i => $"encoder.layers.encoder_layer_{i}.", "encoder.ln", "heads.head",
        "ln_1", "self_attention.in_proj_weight", "self_attention.in_proj_bias", "self_attention.out_proj", "ln_2", "mlp.0", "mlp.3");

    private static readonly Names Timm = new(
        "patch_embed.proj", "cls_token", "pos_embed", i => $"blocks.{i}.", "norm", "head",
        "norm1", "attn.qkv.weight", "attn.qkv.bias", "attn.proj", "norm2", "mlp.fc1", "mlp.fc2");

    // Arguments that the tensors show, or that matter in training alone.
    private static readonly string[] TimmArguments =
    [
        "img_size", "patch_size", "in_chans", "num_classes", "embed_dim", "depth", "num_heads", "mlp_ratio", "init_values", "qkv_bias", "class_token",
        "drop_rate", "pos_drop_rate", "proj_drop_rate", "attn_drop_rate", "drop_path_rate", "dynamic_img_size", "strict_img_size",
    ];

    private static readonly string[] OtherParts = ["norm_pre.weight", "fc_norm.weight", "attn_pool.latent", "reg_token", "dist_token"];

    private readonly PictureGraph _picture;
    private readonly Names _names;
    private readonly int _hidden;
    private readonly int _heads;

    private FusedVit(PictureGraph picture, Names names)
    {
        (_picture, _names) = (picture, names);
        _hidden = picture.Weights.Find(names.Patches + ".weight") is { Shape: [> 0 and <= 1 << 20 and var hidden, _, _, _] } ? (int)hidden
            : throw new InvalidDataException($"The checkpoint has no convolution {names.Patches}, which this network needs.");

        _heads = (picture.Config.Child("model_args") ?? picture.Config).OptionalSize("num_heads") ?? PublishedHeads(_hidden);
    }

    /// <summary>Heads of the published networks, which a checkpoint does not say: of 64 components each, and 16 in the greatest.</summary>
    public static int PublishedHeads(int hidden) => Math.Clamp(hidden / 64, 1, MostHeads);

    /// <summary>torchvision's.</summary>
    public static void BuildTorchVision(PictureGraph picture) => new FusedVit(picture, TorchVision).Build();

    /// <summary>timm's, which pools by the class token.</summary>
    public static void BuildTimm(PictureGraph picture)
    {
        picture.Config.Known("model_args", TimmArguments);
        if (Array.Find(OtherParts, picture.Weights.Has) is { } part)
        {
            throw new NotSupportedException($"The checkpoint has the tensor {part}: of timm's vision transformers those that pool by the class token, without a norm in front, are built.");
        }

        new FusedVit(picture, Timm).Build();
    }

    private void Build()
    {
        var weights = _picture.Weights;
        var patch = weights.Find(_names.Patches + ".weight")!.Shape;
        var patches = _picture.Patches(_picture.Pixels, _names.Patches, _hidden, _picture.Channels, (int)patch[3], patch[2], patch[3]);
        var x = _picture.Prepend(patches, _hidden, _names.ClassToken);
        x = _picture.Graph.Add("Add", [x, _picture.Places(_names.Places, _hidden, others: 1)]);
        var layers = 0;
        while (weights.Has(_names.Layer(layers) + _names.Norm1 + ".weight"))
        {
            layers++;
        }

        x = _picture.Layers(x, layers, _hidden, (x, i) => Layer(x, _names.Layer(i)));
        x = _picture.LayerNorm(x, _names.Norm, _hidden, Epsilon);
        _picture.OfferPatches("last_hidden_state", x, _hidden);
        _picture.OfferPatches("forward_features", x, _hidden);
        var token = _picture.ClassToken(x);
        foreach (var name in (string[])["pooler_output", "pre_logits", "features"])
        {
            _picture.OfferVector(name, token, _hidden);
        }

        ImageHeads.Classify(_picture, token, _names.Classifier, _hidden);
    }

    private string Layer(string x, string prefix)
    {
        var (graph, weights) = (_picture.Graph, _picture.Weights);
        var all = graph.Linear(
            _picture.LayerNorm(x, prefix + _names.Norm1, _hidden, Epsilon),
            weights.Get(prefix + _names.FusedWeight, 3L * _hidden, _hidden),
            weights.Get(prefix + _names.FusedBias, 3L * _hidden));
        string Part(int i) => graph.Slice(all, 2, (long)i * _hidden, (i + 1L) * _hidden);
        var attention = new Attention { Heads = _heads, HeadSize = ConfigFile.Share(_hidden, _heads) }.Write(graph, Part(0), Part(1), Part(2), mask: null);
        x = graph.Add("Add", [x, Scaled(_picture.Linear(attention, prefix + _names.Output, _hidden, _hidden), prefix + "ls1.gamma")]);
        var wide = weights.Find(prefix + _names.Up + ".weight")?.Shape[0] ?? 4L * _hidden;
        var y = _picture.Linear(_picture.LayerNorm(x, prefix + _names.Norm2, _hidden, Epsilon), prefix + _names.Up, wide, _hidden, "gelu");
        return graph.Add("Add", [x, Scaled(_picture.Linear(y, prefix + _names.Down, _hidden, wide), prefix + "ls2.gamma")]);
    }

    private string Scaled(string x, string name) =>
        _picture.Weights.Has(name) ? _picture.Graph.Add("Mul", [x, _picture.Graph.Weight(_picture.Weights.Get(name, _hidden))]) : x;

    private sealed record Names(
        string Patches, string ClassToken, string Places, Func<int, string> Layer, string Norm, string Classifier,
        string Norm1, string FusedWeight, string FusedBias, string Output, string Norm2, string Up, string Down);
}

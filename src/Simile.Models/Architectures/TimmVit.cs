using System.Text.RegularExpressions;

namespace Simile.Models.Architectures;

/// <summary>Reads the properties of a <see cref="FusedVit"/> from timm's config.json and from the names of its architectures.</summary>
internal static partial class TimmVit
{
    // Arguments that are read here, that the tensors show, or that matter only in training.
    private static readonly string[] Arguments =
    [
        "img_size", "patch_size", "in_chans", "num_classes", "embed_dim", "depth", "num_heads",
        "mlp_ratio", "init_values", "qkv_bias", "proj_bias", "class_token", "qk_norm",
        "global_pool", "fc_norm", "final_norm", "pre_norm", "reg_tokens", "no_embed_class",
        "pool_include_prefix", "pos_embed", "act_layer", "weight_init", "fix_init",
        "drop_rate", "pos_drop_rate", "patch_drop_rate", "proj_drop_rate",
        "attn_drop_rate", "drop_path_rate", "dynamic_img_size", "strict_img_size",
    ];

    /// <summary>
    /// Reads config.json. Missing values are those of the published network of that architecture, or follow from the tensors.
    /// </summary>
    /// <exception cref="NotSupportedException">The file asks for an unsupported feature.</exception>
    public static FusedVitShape Read(PictureGraph picture, int hidden, int patch)
    {
        picture.Config.Known("model_args", Arguments);
        var (weights, architecture) = (picture.Weights, picture.Config.Text("architecture", string.Empty));
        if (NotBuilt().IsMatch(architecture))
        {
            throw new NotSupportedException(
                $"timm's {architecture} is not supported: its layers differ from those of the vision transformer.");
        }

        var arguments = picture.Config.Child("model_args");
        string[] first = [.. new[] { "cls_token", "dist_token", "reg_token" }.Where(weights.Has)];
        return new FusedVitShape
        {
            Heads = (arguments ?? picture.Config).OptionalSize("num_heads") ?? Heads(architecture, hidden),
            First = first,
            FirstWithPositions = arguments?.Has("no_embed_class") == true
                ? (arguments.Flag("no_embed_class", false) ? 0 : first.Length)
                : null,
            Grid = Grid(picture.Config, arguments, patch),
            Filter = PositionFilter.BicubicAntialias,
            Epsilon = Coarse().IsMatch(architecture) ? 1e-5f : 1e-6f,
            Activation = Activation(arguments?.Text("act_layer", string.Empty) is { Length: > 0 } named ? named : architecture),
            Pool = arguments?.Text("global_pool", string.Empty) is { Length: > 0 } pool ? pool
                : picture.Config.Text("global_pool", string.Empty) is { Length: > 0 } stated ? stated : PoolOf(weights),
            PoolsFirst = arguments?.Flag("pool_include_prefix", false) ?? false,
        };
    }

    private static int Heads(string architecture, int hidden) =>
        architecture.StartsWith("vit_giant_", StringComparison.Ordinal) && hidden == 1536 ? 24
        : architecture.StartsWith("test_vit", StringComparison.Ordinal) ? Math.Max(1, hidden / 32)
        : FusedVit.PublishedHeads(hidden);

    private static string PoolOf(Weights weights) =>
        weights.Has("attn_pool.latent") ? "map" : weights.Has("fc_norm.weight") || !weights.Has("cls_token") ? "avg" : "token";

    // The published networks of OpenAI and SigLIP have other activations than other networks of the same architecture.
    private static string Activation(string name) => name switch
    {
        "gelu_tanh" => "gelu_pytorch_tanh",
        "quickgelu" or "quick_gelu" => "quick_gelu",
        "gelu" or "relu" or "silu" or "swish" or "tanh" or "sigmoid" => name,
        _ when !name.Contains('_', StringComparison.Ordinal) && name.Length > 0 =>
            throw new NotSupportedException(
                $"config.json asks for \"act_layer\": \"{name}\", which is not supported: use gelu, gelu_tanh, quick_gelu, silu or relu."),
        _ when name.Contains("quickgelu", StringComparison.Ordinal) => "quick_gelu",
        _ when TanhGelu().IsMatch(name) => "gelu_pytorch_tanh",
        _ => "gelu",
    };

    // The grid of the table: a list or a number in model_args, otherwise the input size of the published network.
    private static (int Rows, int Columns)? Grid(ConfigFile config, ConfigFile? arguments, int patch) =>
        arguments?.Lengths("img_size") is { Length: 1 or 2 } size ? (size[0] / patch, size[^1] / patch)
        : config.Child("pretrained_cfg")?.Lengths("input_size") is [_, var height, var width] && height != width ? (
            height / patch, width / patch)
        : null;

    // Unsupported: RMS norms, parallel and differential layers, extra tokens.
    [GeneratedRegex("_xp_|_dwee_|_dpwee_|_pwee_|_dlittle_|^aimv2|^test_vit4|^samvit|_rpn_|^beit3", RegexOptions.CultureInvariant)]
    private static partial Regex NotBuilt();

    // These use an epsilon of 1e-5, as CLIP does.
    [GeneratedRegex("_clip_", RegexOptions.CultureInvariant)]
    private static partial Regex Coarse();

    [GeneratedRegex("patch32_siglip_|large_patch16_siglip_(gap_)?512|so400m_patch16_siglip_|giantopt_", RegexOptions.CultureInvariant)]
    private static partial Regex TanhGelu();
}

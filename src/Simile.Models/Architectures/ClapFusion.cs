namespace Simile.Models.Architectures;

/// <summary>
/// CLAP with fusion (Wu et al. 2023, "enable_fusion"): four views of a long sound, the whole shrunk and three parts at full rate. Their
/// patches are combined by attentional feature fusion (Dai et al. 2021, AFF).
/// </summary>
internal static class ClapFusion
{
    /// <summary>Views of a sound: the whole, and one part of each third.</summary>
    public const int Views = 4;

    private const float NormEpsilon = 1e-5f;

    /// <summary>
    /// Patches of square pictures [batch, 4, side, side]: [batch, patches, channels]. <c>is_longer</c>, bool [batch, 1], tells for which
    /// sounds the parts count.
    /// </summary>
    public static string Patches(SoundGraph sound, string x, int channels, int side, int patch)
    {
        var graph = sound.Graph;
        var whole = Convolve(sound, graph.Slice(x, 1, 0, 1), "patch_embed.proj", channels, 1, patch, patch);
        var (columns, part) = (side / patch, side / (3 * patch));

        // A patch of a part covers three times as many frames, so the three parts side by side align with the whole.
        var parts = graph.Reshape(graph.Slice(x, 1, 1, Views), -1, 1, side, side);
        parts = graph.Reshape(
            Convolve(sound, parts, "patch_embed.mel_conv2d", channels, 1, patch, 3 * patch), -1, Views - 1, channels, columns, part);
        parts = graph.Reshape(graph.Transpose(parts, 0, 2, 3, 1, 4), -1, channels, columns, (Views - 1) * part);
        parts = graph.Add("Pad", [parts, graph.Constant(0L, 0, 0, 0, 0, 0, 0, columns - ((Views - 1) * part))]);

        var isLonger = graph.Add("Unsqueeze", [graph.Input("is_longer", TensorElementType.Bool, "batch", "1"), graph.Constant(-1L, -2L)]);
        var map = graph.Add("Where", [isLonger, Fuse(sound, whole, parts, channels), whole]);
        return graph.Transpose(graph.Reshape(map, 0, 0, -1), 0, 2, 1);
    }

    // 2 (a · share + b · (1 − share)). The share depends on the position and on the whole picture.
    private static string Fuse(SoundGraph sound, string a, string b, int channels)
    {
        const string Name = "patch_embed.fusion_model.";
        var (graph, narrow) = (sound.Graph, Math.Max(1, channels / (sound.Config.OptionalSize("aff_block_r") ?? 4)));
        var sum = graph.Add("Add", [a, b]);
        var near = Squeeze(sound, sum, Name + "local_att.", 0, channels, narrow);
        var far = Squeeze(sound, graph.Add("GlobalAveragePool", [sum]), Name + "global_att.", 1, channels, narrow);
        var share = graph.Add("Sigmoid", [graph.Add("Add", [near, far])]);
        var rest = graph.Add("Sub", [graph.Scalar(1f), share]);
        return graph.Add("Mul", [graph.Add("Add", [graph.Add("Mul", [a, share]), graph.Add("Mul", [b, rest])]), graph.Scalar(2f)]);
    }

    // Two 1 × 1 convolutions with norms. Their numbers in the checkpoint start at `first`.
    private static string Squeeze(SoundGraph sound, string x, string prefix, int first, int channels, int narrow)
    {
        x = Norm(sound, Convolve(sound, x, $"{prefix}{first}", narrow, channels, 1, 1), $"{prefix}{first + 1}", narrow);
        x = sound.Graph.Activation(x, "relu");
        return Norm(sound, Convolve(sound, x, $"{prefix}{first + 3}", channels, narrow, 1, 1), $"{prefix}{first + 4}", channels);
    }

    private static string Convolve(SoundGraph sound, string x, string name, int output, int input, int height, int width) =>
        sound.Graph.Conv(
            x,
            sound.Weights.Get(name + ".weight", output, input, height, width),
            sound.Weights.Get(name + ".bias", output),
            [height, width]);

    private static string Norm(SoundGraph sound, string x, string name, int channels)
    {
        string Part(string part) => sound.Graph.Weight(sound.Weights.Get($"{name}.{part}", channels));
        return sound.Graph.Add(
            "BatchNormalization", [x, Part("weight"), Part("bias"), Part("running_mean"), Part("running_var")], ("epsilon", NormEpsilon));
    }
}

namespace Simile.Models.Architectures;

/// <summary>CLAP (Wu et al. 2023) with transformers' names: a tower for texts and one for sounds, in one space.</summary>
internal static class Clap
{
    private const float NormEpsilon = 1e-5f;

    /// <summary>Writes the text tower, a RoBERTa: text_last_hidden_state, text_pooler_output, text_embeds (unit length).</summary>
    /// <param name="text">A graph whose config is config.json's text_config.</param>
    public static void BuildText(TextGraph text)
    {
        var (x, encoder, _) = Roberta.Encode(text);
        var hidden = encoder.Hidden;
        text.Outputs.Offer("text_last_hidden_state", x, "batch", "length", NetworkOutputs.Axis(hidden));
        var pooled = text.Linear(text.FirstToken(x), "pooler.dense", hidden, hidden, "tanh");
        text.Outputs.Offer("text_pooler_output", pooled, "batch", NetworkOutputs.Axis(hidden));
        OfferEmbedding(text, pooled, "text", hidden);
    }

    /// <summary>Writes the sound tower, a Swin: audio_last_hidden_state, audio_pooler_output, audio_embeds (unit length).</summary>
    /// <param name="sound">A graph whose config is config.json's audio_config.</param>
    public static void BuildSound(SoundGraph sound)
    {
        var (config, graph) = (sound.Config, sound.Graph);
        var views = config.Flag("enable_fusion", false) ? ClapFusion.Views : 1;
        var (bands, side, patch) = (config.Size("num_mel_bins"), config.Size("spec_size"), config.Size("patch_size"));
        var (channels, hidden) = (config.Size("patch_embeds_hidden_size"), config.Size("hidden_size"));
        if (config.Integers("patch_stride") is { } steps && Array.Exists(steps, step => step != patch))
        {
            throw new NotSupportedException(
                "config.json asks for CLAP with a \"patch_stride\" other than its patch_size, which is not supported.");
        }

        var quarters = side % bands == 0 && side % patch == 0
            ? side / bands
            : throw new InvalidDataException("config.json: spec_size must be a multiple of num_mel_bins and of patch_size.");
        var x = Picture(sound, Normed(sound, bands, views), bands, side, quarters);
        x = views > 1 ? ClapFusion.Patches(sound, sound.Graph.Reshape(x, -1, views, side, side), channels, side, patch)
            : sound.Patches(x, "patch_embed.proj", channels, 1, patch, patch);
        x = config.Flag("enable_patch_layer_norm", true) ? sound.LayerNorm(x, "patch_embed.norm", channels, NormEpsilon) : x;
        var stages = new SwinStages(sound)
        {
            Window = config.Size("window_size"),
            Epsilon = config.Positive("layer_norm_eps", 1e-5f),
            Activation = config.Text("hidden_act", "gelu"),
        };
        var (sizes, across) = (SwinStages.Sizes(config, "num_attention_heads"), graph.Constant((long)side / patch));
        (x, _) = stages.Write(x, new SwinGrid(across, across, channels), "layers.", sizes);
        x = sound.LayerNorm(x, "norm", hidden, NormEpsilon);

        // The stacked quarters become consecutive again.
        var last = (side / patch + (1 << (sizes.Length - 1)) - 1) >> (sizes.Length - 1);
        var apart = graph.Reshape(graph.Transpose(x, 0, 2, 1), -1, hidden, quarters, last / quarters, last);
        var map = graph.Reshape(graph.Transpose(apart, 0, 1, 3, 2, 4), -1, hidden, last / quarters, (long)quarters * last);
        sound.Outputs.Offer("audio_last_hidden_state", map, "batch", NetworkOutputs.Axis(hidden), "rows", "columns");
        var pooled = graph.Add("ReduceMean", [x, graph.Constant(1L)], ("keepdims", 0L));
        sound.Outputs.Offer("audio_pooler_output", pooled, "batch", NetworkOutputs.Axis(hidden));
        OfferEmbedding(sound, pooled, "audio", hidden);
    }

    // Each band is normalized with the mean and variance of the training data.
    private static string Normed(SoundGraph sound, int bands, int views)
    {
        var graph = sound.Graph;
        string Part(string name) => graph.Weight(sound.Weights.Get("batch_norm." + name, bands));
        var features = graph.Transpose(
            sound.Sound("input_features", NetworkOutputs.Axis(views), "frames", NetworkOutputs.Axis(bands)), 0, 3, 2, 1);
        var normed = graph.Add(
            "BatchNormalization",
            [features, Part("weight"), Part("bias"), Part("running_mean"), Part("running_var")],
            ("epsilon", NormEpsilon));
        return graph.Transpose(normed, 0, 3, 2, 1);
    }

    // A spectrogram is low and long. Cut into pieces that are stacked, it becomes a square.
    private static string Picture(SoundGraph sound, string x, int bands, int side, int quarters)
    {
        var graph = sound.Graph;
        var frames = (long)side * quarters;
        var sizes = graph.Concat(0, graph.Sizes(x, 0, 2), graph.Constant(frames, bands));
        x = graph.Add(
            "Resize",
            [x, string.Empty, string.Empty, sizes],
            ("mode", "cubic"),
            ("cubic_coeff_a", -0.75f),
            ("coordinate_transformation_mode", "align_corners"));
        var apart = graph.Transpose(graph.Reshape(x, -1, quarters, frames / quarters, bands), 0, 1, 3, 2);
        return graph.Reshape(apart, -1, 1, (long)quarters * bands, frames / quarters);
    }

    private static void OfferEmbedding(NetworkGraph network, string pooled, string kind, int hidden)
    {
        var size = network.Config.OptionalSize("projection_dim") ?? 512;
        var wide = network.Linear(pooled, kind + "_projection.linear1", size, hidden, network.Config.Text("projection_hidden_act", "relu"));
        Clip.OfferEmbedding(network, network.Linear(wide, kind + "_projection.linear2", size, size), projection: null, kind, size, size);
    }
}

namespace Simile.Models.Architectures;

/// <summary>The encoder of Whisper (Radford et al. 2022) with transformers' names.</summary>
internal static class Whisper
{
    /// <summary>Writes the encoder for spectrograms of the trained length.</summary>
    public static void Build(SoundGraph sound)
    {
        var (config, graph) = (sound.Config, sound.Graph);
        var encoder = new PreNormEncoder(PreNormNames.Whisper)
        {
            Hidden = config.Size("d_model"),
            Heads = config.Size("encoder_attention_heads"),
            Wide = config.Size("encoder_ffn_dim"),
            Activation = config.Text("activation_function", "gelu"),
            Epsilon = 1e-5f,
        };
        var (hidden, layers, bands, places) =
            (encoder.Hidden, config.Layers("encoder_layers"), config.Size("num_mel_bins"), config.Size("max_source_positions"));
        var x = sound.Sound("input_features", NetworkOutputs.Axis(bands), NetworkOutputs.Axis(2L * places));
        x = Convolve(sound, x, "encoder.conv1", hidden, bands, 1);
        x = Convolve(sound, x, "encoder.conv2", hidden, hidden, 2);
        x = graph.Add(
            "Add", [graph.Transpose(x, 0, 2, 1), graph.Weight(sound.Weights.Get("encoder.embed_positions.weight", places, hidden))]);
        x = sound.Layers(x, layers, hidden, (x, i) => encoder.Layer(sound, x, $"encoder.layers.{i}."));
        sound.OfferFrames("last_hidden_state", sound.LayerNorm(x, "encoder.layer_norm", hidden, encoder.Epsilon), hidden);
    }

    private static string Convolve(SoundGraph sound, string x, string name, int output, int input, long stride) => sound.Graph.Activation(
        sound.Graph.Conv(
            x, sound.Weights.Get(name + ".weight", output, input, 3), sound.Weights.Get(name + ".bias", output), [stride], padding: 1),
        "gelu");
}

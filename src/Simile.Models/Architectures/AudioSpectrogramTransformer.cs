namespace Simile.Models.Architectures;

/// <summary>
/// Audio Spectrogram Transformer (Gong et al. 2021) with transformers' names: ViT over overlapping patches of a mel spectrogram.
/// </summary>
internal static class AudioSpectrogramTransformer
{
    /// <summary>Writes the whole network for spectrograms of the trained length.</summary>
    public static void Build(SoundGraph sound)
    {
        var (config, graph) = (sound.Config, sound.Graph);
        var encoder = Vit.Encoder(config, PreNormNames.Vit);
        var (hidden, layers, bands, frames) =
            (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("num_mel_bins"), config.Size("max_length"));
        var (patch, down, right) = (config.Size("patch_size"), config.Size("frequency_stride"), config.Size("time_stride"));
        var values = sound.Sound("input_values", NetworkOutputs.Axis(frames), NetworkOutputs.Axis(bands));
        var picture = graph.Transpose(graph.Add("Unsqueeze", [values, graph.Constant(1L)]), 0, 1, 3, 2);
        var x = sound.Patches(picture, "embeddings.patch_embeddings.projection", hidden, 1, patch, down, right);
        x = sound.Prepend(x, hidden, "embeddings.cls_token", "embeddings.distillation_token");
        var patches = (((bands - patch) / down) + 1) * (((frames - patch) / right) + 1);
        x = graph.Add("Add", [x, graph.Weight(sound.Weights.Get("embeddings.position_embeddings", 1, patches + 2, hidden))]);
        x = sound.Layers(x, layers, hidden, (x, i) => encoder.Layer(sound, x, $"encoder.layer.{i}."));
        sound.OfferFrames($"hidden_states.{layers}", x, hidden);
        x = sound.LayerNorm(x, "layernorm", hidden, encoder.Epsilon);
        sound.OfferFrames("last_hidden_state", x, hidden);

        var vector = graph.Add("ReduceMean", [graph.Slice(x, 1, 0, 2), graph.Constant(1L)], ("keepdims", 0L));
        sound.Outputs.Offer("pooler_output", vector, "batch", NetworkOutputs.Axis(hidden));
        if (sound.Outputs.Wants("logits") && sound.Weights.Has("classifier.dense.weight"))
        {
            ImageHeads.Classify(
                sound, sound.LayerNorm(vector, "classifier.layernorm", hidden, encoder.Epsilon), "classifier.dense", hidden);
        }
    }
}

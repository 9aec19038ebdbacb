namespace Simile.Models.Architectures;

/// <summary>DINOv2 (Oquab et al. 2024), and with registers (Darcet et al. 2024), with transformers' names.</summary>
internal static class DinoV2
{
    private static readonly PreNormNames Names = PreNormNames.Vit with
    {
        AttentionNorm = "norm1",
        Norm = "norm2",
        Up = "mlp.fc1",
        Down = "mlp.fc2",
    };

    /// <summary>Writes the whole network.</summary>
    /// <remarks>The table of places is resampled with smoothing where there are registers, and without where there are none, as in the reference.</remarks>
    public static void Build(PictureGraph picture)
    {
        var config = picture.Config;
        if (config.Flag("use_swiglu_ffn", false))
        {
            throw new NotSupportedException("config.json asks for use_swiglu_ffn (DINOv2 giant), which is not built.");
        }

        var encoder = Vit.Encoder(config, Names);
        var (hidden, layers, patch) = (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("patch_size"));
        var registers = config.Integer("num_register_tokens", 0);
        var patches = picture.Patches(picture.Pixels, "embeddings.patch_embeddings.projection", hidden, picture.Channels, patch, patch);
        var x = picture.Graph.Add("Add", [picture.Prepend(patches, hidden, "embeddings.cls_token"), picture.Places("embeddings.position_embeddings", hidden, 1, antialias: registers > 0)]);
        x = registers == 0 ? x : WithRegisters(picture, x, hidden);
        x = picture.Layers(x, layers, hidden, (x, i) => encoder.Layer(picture, x, $"encoder.layer.{i}."));
        Finish(picture, x, layers, encoder, "layernorm");
    }

    /// <summary>The norm behind the layers, and what is made of it.</summary>
    public static void Finish(PictureGraph picture, string x, int layers, PreNormEncoder encoder, string norm)
    {
        picture.OfferPatches($"hidden_states.{layers}", x, encoder.Hidden);
        x = picture.LayerNorm(x, norm, encoder.Hidden, encoder.Epsilon);
        picture.OfferPatches("last_hidden_state", x, encoder.Hidden);
        picture.OfferVector("pooler_output", picture.ClassToken(x), encoder.Hidden);
    }

    // The class token, the registers, the patches.
    private static string WithRegisters(PictureGraph picture, string x, int hidden) => picture.Graph.Concat(
        1,
        picture.Graph.Slice(x, 1, 0, 1),
        picture.Prepend(picture.Graph.Slice(x, 1, 1, long.MaxValue), hidden, "embeddings.register_tokens"));
}

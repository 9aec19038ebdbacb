namespace Simile.Models.Architectures;

/// <summary>
/// DINOv2 (Oquab et al. 2024), also with registers (Darcet et al. 2024). Tensors have their names in Hugging Face's transformers.
/// </summary>
internal static class DinoV2
{
    private const float DefaultEpsilon = 1e-6f;

    private static readonly PreNormNames Names = PreNormNames.Vit with
    {
        AttentionNorm = "norm1",
        Norm = "norm2",
        Up = "mlp.fc1",
        Down = "mlp.fc2",
    };

    /// <summary>Writes DINOv2.</summary>
    public static void Build(PictureGraph picture)
    {
        picture.Config.Off("num_register_tokens");
        Write(picture, 0, PositionFilter.Bicubic);
    }

    /// <summary>
    /// Writes DINOv2 with registers. Its position table is resampled with antialiasing, as in the reference, even without registers.
    /// </summary>
    public static void BuildWithRegisters(PictureGraph picture) =>
        Write(picture, picture.Config.Integer("num_register_tokens", 4), PositionFilter.BicubicAntialias);

    /// <summary>The final norm and the outputs.</summary>
    public static void Finish(PictureGraph picture, string x, int layers, PreNormEncoder encoder, string norm)
    {
        picture.OfferPatches($"hidden_states.{layers}", x, encoder.Hidden);
        x = picture.LayerNorm(x, norm, encoder.Hidden, encoder.Epsilon);
        picture.OfferPatches("last_hidden_state", x, encoder.Hidden);
        picture.OfferVector("pooler_output", picture.ClassToken(x), encoder.Hidden);
    }

    private static void Write(PictureGraph picture, int registers, PositionFilter filter)
    {
        var config = picture.Config;
        var encoder = Vit.Encoder(config, Names, DefaultEpsilon);
        encoder = config.Flag("use_swiglu_ffn", false) ? encoder with { Unit = SwiGlu(encoder.Hidden, encoder.Wide) } : encoder;
        var (hidden, layers, patch) = (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("patch_size"));
        var patches = picture.Patches(picture.Pixels, "embeddings.patch_embeddings.projection", hidden, picture.Channels, patch, patch);
        var x = picture.Graph.Add("Add", [picture.Prepend(patches, hidden, "embeddings.cls_token"), picture.Places(
            "embeddings.position_embeddings", hidden, 1, filter)]);
        x = registers == 0 ? x : WithRegisters(picture, x, hidden);
        x = picture.Layers(x, layers, hidden, (x, i) => encoder.Layer(picture, x, $"encoder.layer.{i}."));
        Finish(picture, x, layers, encoder, "layernorm");
    }

    // In the giant network, the gated unit has two thirds of the width, rounded up to a multiple of 8.
    private static Func<NetworkGraph, string, string, string> SwiGlu(int hidden, int wide)
    {
        var gated = ((int)(wide * 2 / 3.0) + 7) / 8 * 8;
        return (network, x, prefix) => network.GatedUnit(x, prefix + "mlp.weights_in", prefix + "mlp.weights_out", hidden, gated, "silu");
    }

    // The class token, the registers, the patches.
    private static string WithRegisters(PictureGraph picture, string x, int hidden) => picture.Graph.Concat(
        1,
        picture.Graph.Slice(x, 1, 0, 1),
        picture.Prepend(picture.Graph.Slice(x, 1, 1, long.MaxValue), hidden, "embeddings.register_tokens"));
}

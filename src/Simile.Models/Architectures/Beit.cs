namespace Simile.Models.Architectures;

/// <summary>BEiT (Bao et al. 2022) with transformers' names. Attention has a bias that depends on the distance between patches.</summary>
internal static class Beit
{
    private static readonly PreNormNames Names = PreNormNames.Vit with { AttentionScale = "lambda_1", Scale = "lambda_2" };

    /// <summary>
    /// Writes the whole network. Tables of positions and distances are resampled if the picture size differs from training.
    /// </summary>
    public static void Build(PictureGraph picture)
    {
        var config = picture.Config;
        var encoder = Vit.Encoder(config, Names);
        var (hidden, layers, patch) = (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("patch_size"));
        var side = config.Size("image_size") / patch;
        if (side < 1)
        {
            throw new InvalidDataException("config.json: image_size must be at least patch_size.");
        }

        var patches = picture.Patches(picture.Pixels, "embeddings.patch_embeddings.projection", hidden, picture.Channels, patch, patch);
        var x = picture.Prepend(patches, hidden, "embeddings.cls_token");
        if (picture.Weights.Has("embeddings.position_embeddings"))
        {
            x = picture.Graph.Add("Add", [x, picture.Places("embeddings.position_embeddings", hidden, others: 1)]);
        }

        var distances = new BeitDistances(picture, side, encoder.Heads);
        x = picture.Layers(x, layers, hidden, (x, i) =>
            encoder.Layer(picture, x, $"encoder.layer.{i}.", scores: TableName(picture, i) is { } table ? distances.Scores(table) : null));
        Finish(picture, x, layers, encoder);
    }

    private static void Finish(PictureGraph picture, string x, int layers, PreNormEncoder encoder)
    {
        var hidden = encoder.Hidden;
        picture.OfferPatches($"hidden_states.{layers}", x, hidden);
        var pools = picture.Config.Flag("use_mean_pooling", true);
        x = pools ? x : picture.LayerNorm(x, "layernorm", hidden, encoder.Epsilon);
        picture.OfferPatches("last_hidden_state", x, hidden);
        var vector = pools
            ? picture.LayerNorm(
                picture.Graph.Add(
                    "ReduceMean", [picture.Graph.Slice(x, 1, 1, long.MaxValue), picture.Graph.Constant(1L)], ("keepdims", 0L)),
                "pooler.layernorm",
                hidden,
                encoder.Epsilon)
            : picture.ClassToken(x);
        picture.OfferVector("pooler_output", vector, hidden);
        ImageHeads.Classify(picture, vector, "classifier", hidden);
    }

    // The table belongs to each layer, is shared by all, or is missing.
    private static string? TableName(PictureGraph picture, int layer)
    {
        var own = $"encoder.layer.{layer}.attention.attention.relative_position_bias.relative_position_bias_table";
        const string Shared = "encoder.relative_position_bias.relative_position_bias_table";
        return picture.Weights.Has(own) ? own : picture.Weights.Has(Shared) ? Shared : null;
    }
}

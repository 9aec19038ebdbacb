namespace Simile.Models.Architectures;

/// <summary>Swin (Liu et al. 2021) with the names of transformers' SwinModel, for pictures of the size that config.json says.</summary>
internal static class Swin
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(PictureGraph picture)
    {
        var config = picture.Config;
        var (patch, side, sizes) = (config.Size("patch_size"), config.Size("image_size"), SwinStages.Sizes(config, "num_heads"));
        if (side % patch != 0 || side / patch > 1 << 10)
        {
            throw new InvalidDataException("config.json: image_size should be a multiple of patch_size.");
        }

        var stages = new SwinStages(picture) { Window = config.Size("window_size"), Epsilon = config.Positive("layer_norm_eps", 1e-5f), Activation = config.Text("hidden_act", "gelu") };
        var grid = new SwinGrid(side / patch, side / patch, config.Size("embed_dim"));
        var x = picture.Patches(picture.Pixels, "embeddings.patch_embeddings.projection", grid.Channels, picture.Channels, patch, patch);
        x = picture.LayerNorm(x, "embeddings.norm", grid.Channels, 1e-5f);
        if (picture.Weights.Has("embeddings.position_embeddings"))
        {
            x = picture.Graph.Add("Add", [x, picture.Graph.Weight(picture.Weights.Get("embeddings.position_embeddings", 1, grid.Count, grid.Channels))]);
        }

        (x, grid) = stages.Write(x, grid, "encoder.layers.", sizes, (x, grid, stage) => picture.OfferPatches($"hidden_states.{stage}", x, grid.Channels));
        picture.OfferPatches($"hidden_states.{sizes.Length}", x, grid.Channels);
        x = picture.LayerNorm(x, "layernorm", grid.Channels, stages.Epsilon);
        picture.OfferPatches("last_hidden_state", x, grid.Channels);
        var mean = picture.Graph.Add("ReduceMean", [x, picture.Graph.Constant(1L)], ("keepdims", 0L));
        picture.OfferVector("pooler_output", mean, grid.Channels);
        ImageHeads.Classify(picture, mean, "classifier", grid.Channels);
    }
}

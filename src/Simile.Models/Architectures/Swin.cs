namespace Simile.Models.Architectures;

/// <summary>Swin (Liu et al. 2021) with the names of transformers' SwinModel, for pictures of any size.</summary>
internal static class Swin
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(PictureGraph picture)
    {
        var config = picture.Config;
        var (patch, sizes, channels) = (config.Size("patch_size"), SwinStages.Sizes(config, "num_heads"), config.Size("embed_dim"));
        var stages = new SwinStages(picture)
        {
            Window = config.Size("window_size"),
            Epsilon = config.Positive("layer_norm_eps", 1e-5f),
            Activation = config.Text("hidden_act", "gelu"),
        };
        var x = picture.Patches(Filled(picture, patch), "embeddings.patch_embeddings.projection", channels, picture.Channels, patch, patch);
        var grid = new SwinGrid(picture.Graph.Slice(picture.Grid, 0, 0, 1), picture.Graph.Slice(picture.Grid, 0, 1, 2), channels);
        x = picture.LayerNorm(x, "embeddings.norm", channels, 1e-5f);
        if (picture.Weights.Has("embeddings.position_embeddings"))
        {
            x = picture.Graph.Add("Add", [x, picture.Places("embeddings.position_embeddings", channels, others: 0)]);
        }

        (x, grid) = stages.Write(
            x, grid, "encoder.layers.", sizes, (x, grid, stage) => picture.OfferPatches($"hidden_states.{stage}", x, grid.Channels));
        picture.OfferPatches($"hidden_states.{sizes.Length}", x, grid.Channels);
        x = picture.LayerNorm(x, "layernorm", grid.Channels, stages.Epsilon);
        picture.OfferPatches("last_hidden_state", x, grid.Channels);
        var mean = picture.Graph.Add("ReduceMean", [x, picture.Graph.Constant(1L)], ("keepdims", 0L));
        picture.OfferVector("pooler_output", mean, grid.Channels);
        ImageHeads.Classify(picture, mean, "classifier", grid.Channels);
    }

    // The picture, zero-padded at the right and bottom to a whole number of patches.
    private static string Filled(PictureGraph picture, int patch)
    {
        var graph = picture.Graph;
        var size = graph.Constant((long)patch);
        var missing = graph.Add("Mod", [graph.Add("Sub", [size, graph.Add("Mod", [graph.Sizes(picture.Pixels, 2, 4), size])]), size]);
        return graph.Add("Pad", [picture.Pixels, graph.Concat(0, graph.Constant(0L, 0, 0, 0, 0, 0), missing)]);
    }
}

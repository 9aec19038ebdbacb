namespace Simile.Models.Architectures;

/// <summary>SigLIP (Zhai et al. 2023) and SigLIP 2 (Tschannen et al. 2025) with transformers' names.</summary>
internal static class Siglip
{
    private const string Activation = "gelu_pytorch_tanh";
    private const float Epsilon = 1e-6f;

    /// <summary>
    /// Writes the text tower. Texts must be padded to the full length, because it has no mask and pools at the last position.
    /// </summary>
    /// <param name="text">A graph whose config is config.json's text_config.</param>
    public static void BuildText(TextGraph text)
    {
        var config = text.Config;
        var encoder = Clip.PictureEncoder(config, Activation, Epsilon);
        var hidden = encoder.Hidden;
        var x = Clip.TextTower(
            text, encoder, mask: null, config.OptionalSize("max_position_embeddings") ?? 64, config.OptionalSize("vocab_size") ?? 32000);
        text.Outputs.Offer("text_last_hidden_state", x, "batch", "length", NetworkOutputs.Axis(hidden));
        var last = text.Graph.Add("Gather", [x, text.Graph.Scalar(-1L)], ("axis", 1L));
        var size = config.OptionalSize("projection_size") ?? hidden;
        var pooled = text.Linear(last, "text_model.head", size, hidden);
        text.Outputs.Offer("text_pooler_output", pooled, "batch", NetworkOutputs.Axis(size));
        Clip.OfferEmbedding(text, pooled, projection: null, "text", hidden, size);
    }

    /// <summary>Writes the picture tower for pictures of the trained size.</summary>
    /// <param name="picture">A graph whose config is config.json's vision_config.</param>
    public static void BuildPicture(PictureGraph picture)
    {
        var encoder = Clip.PictureEncoder(picture.Config, Activation, Epsilon);
        var (hidden, patch) = (encoder.Hidden, picture.Config.OptionalSize("patch_size") ?? 16);
        var x = picture.Patches(picture.Pixels, "vision_model.embeddings.patch_embedding", hidden, picture.Channels, patch, patch);
        x = picture.Graph.Add("Add", [x, picture.Places("vision_model.embeddings.position_embedding.weight", hidden, others: 0)]);
        Finish(picture, encoder, x, mask: null);
    }

    /// <summary>
    /// Writes SigLIP 2's picture tower for any aspect ratio: <c>pixel_values </c> holds flattened patches [batch, patches, channels ·
    /// size²], <c>pixel_attention_mask </c> marks valid patches, int32 [batch, patches], <c>spatial_shapes </c> holds rows and columns,
    /// int64 [batch, 2].
    /// </summary>
    /// <param name="picture">A graph whose config is config.json's vision_config.</param>
    public static void BuildPatches(PictureGraph picture)
    {
        var (config, graph) = (picture.Config, picture.Graph);
        var encoder = Clip.PictureEncoder(config, Activation, Epsilon);
        var (hidden, patch) = (encoder.Hidden, config.OptionalSize("patch_size") ?? 16);
        var values = (long)picture.Channels * patch * patch;
        var pixels = graph.Input("pixel_values", TensorElementType.Float, "batch", "patches", NetworkOutputs.Axis(values));
        var mask = graph.Input("pixel_attention_mask", TensorElementType.Int32, "batch", "patches");
        var shapes = graph.Input("spatial_shapes", TensorElementType.Int64, "batch", "2");
        var x = picture.Linear(pixels, "vision_model.embeddings.patch_embedding", hidden, values);
        x = graph.Add("Add", [x, PatchPositions(picture, pixels, shapes, config.OptionalSize("num_patches") ?? 256, hidden)]);
        Finish(picture, encoder, x, mask);
    }

    // Positions are a square table that is resampled to each picture's rows and columns, bilinearly and with antialiasing.
    // Padding gets the first position's vector, as in the reference: it must be finite, or products with it would be NaN.
    private static string PatchPositions(PictureGraph picture, string pixels, string shapes, int places, int hidden)
    {
        var graph = picture.Graph;
        var side = (int)Math.Round(Math.Sqrt(places));
        var all = graph.Cast(
            graph.Add("Range", [graph.Scalar(0L), graph.Add("Squeeze", [graph.Sizes(pixels, 1, 2)]), graph.Scalar(1L)]),
            TensorElementType.Float);
        var sizes = graph.Add("Max", [graph.Cast(shapes, TensorElementType.Float), graph.Scalar(1f)]);
        var (rows, columns) = (graph.Slice(sizes, 1, 0, 1), graph.Slice(sizes, 1, 1, 2));
        var patches = graph.Add("Where", [graph.Add("Less", [all, graph.Add("Mul", [rows, columns])]), all, graph.Scalar(0f)]);
        var row = graph.Add("Floor", [graph.Add("Div", [graph.Add("Add", [patches, graph.Scalar(0.5f)]), columns])]);
        var column = graph.Add("Sub", [patches, graph.Add("Mul", [row, columns])]);
        var down = graph.Add("Unsqueeze", [PositionTable.Shares(graph, row, rows, side, PositionTable.Triangle), graph.Constant(-1L)]);
        var right = graph.Add(
            "Unsqueeze", [PositionTable.Shares(graph, column, columns, side, PositionTable.Triangle), graph.Constant(-2L)]);
        var shares = graph.Reshape(graph.Add("Mul", [down, right]), 0, 0, (long)side * side);
        return graph.Add(
            "MatMul",
            [shares, graph.Weight(picture.Weights.Get("vision_model.embeddings.position_embedding.weight", (long)side * side, hidden))]);
    }

    private static void Finish(PictureGraph picture, PreNormEncoder encoder, string x, string? mask)
    {
        var hidden = encoder.Hidden;
        x = picture.LayerNorm(Clip.PictureLayers(picture, encoder, x, mask), "vision_model.post_layernorm", hidden, encoder.Epsilon);
        picture.OfferPatches("vision_last_hidden_state", x, hidden);
        var pooled = Pool(picture, encoder, x, mask);
        picture.OfferVector("vision_pooler_output", pooled, hidden);
        Clip.OfferEmbedding(picture, pooled, projection: null, "image", hidden, hidden);
    }

    // Attention pooling: a learned query attends to all patches; then comes the second half of a layer.
    private static string Pool(PictureGraph picture, PreNormEncoder encoder, string x, string? mask)
    {
        const string Head = "vision_model.head.";
        var (graph, hidden) = (picture.Graph, encoder.Hidden);
        var probe = graph.Add("Expand", [graph.Weight(picture.Weights.Get(Head + "probe", 1, 1, hidden)), graph.Concat(
            0, graph.Sizes(x, 0, 1), graph.Constant(1L, 1L))]);
        string Part(string y, int part) => graph.Add("Add", [
            graph.MatMul(y, picture.Weights.Get(Head + "attention.in_proj_weight", 3L * hidden, hidden).Rows(part * hidden, hidden)),
            graph.Weight(picture.Weights.Get(Head + "attention.in_proj_bias", 3L * hidden).Rows(part * hidden, hidden))]);
        var attention = new Attention { Heads = encoder.Heads, HeadSize = ConfigFile.Share(hidden, encoder.Heads) };
        var pooled = picture.Linear(
            attention.Write(graph, Part(probe, 0), Part(x, 1), Part(x, 2), mask), Head + "attention.out_proj", hidden, hidden);
        var normed = picture.LayerNorm(pooled, Head + "layernorm", hidden, encoder.Epsilon);
        pooled = graph.Add("Add", [pooled, encoder.FeedForward(picture, normed, Head)]);
        return graph.Add("Squeeze", [pooled, graph.Constant(1L)]);
    }
}

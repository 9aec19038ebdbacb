namespace Simile.Models.Architectures;

/// <summary>CLIP (Radford et al. 2021) with transformers' names: a tower for texts and one for pictures, in one space.</summary>
internal static class Clip
{
    /// <summary>Writes the text tower: text_last_hidden_state, text_pooler_output, text_features, text_embeds (unit length).</summary>
    /// <param name="text">A graph whose config is config.json's text_config.</param>
    /// <param name="projection">Components of the shared space.</param>
    public static void BuildText(TextGraph text, int projection)
    {
        var (config, graph) = (text.Config, text.Graph);
        var encoder = TextEncoder(config, "quick_gelu", 1e-5f) with { Causal = true };
        var x = TextTower(
            text, encoder, text.Mask32, config.OptionalSize("max_position_embeddings") ?? 77, config.OptionalSize("vocab_size") ?? 49408);
        text.Outputs.Offer("text_last_hidden_state", x, "batch", "length", NetworkOutputs.Axis(encoder.Hidden));
        var pooled = graph.Add("GatherND", [x, graph.Add("Unsqueeze", [End(text), graph.Constant(-1L)])], ("batch_dims", 1L));
        text.Outputs.Offer("text_pooler_output", pooled, "batch", NetworkOutputs.Axis(encoder.Hidden));
        OfferEmbedding(text, pooled, "text_projection", "text", encoder.Hidden, projection);
    }

    /// <summary>
    /// Writes the picture tower: vision_last_hidden_state, vision_pooler_output, image_features, image_embeds (unit length).
    /// </summary>
    /// <param name="picture">A graph whose config is config.json's vision_config.</param>
    /// <param name="projection">Components of the shared space.</param>
    public static void BuildPicture(PictureGraph picture, int projection)
    {
        var encoder = PictureEncoder(picture.Config, "quick_gelu", 1e-5f);
        var (hidden, patch) = (encoder.Hidden, picture.Config.OptionalSize("patch_size") ?? 32);
        var patches = picture.Patches(picture.Pixels, "vision_model.embeddings.patch_embedding", hidden, picture.Channels, patch, patch);
        var x = picture.Prepend(patches, hidden, "vision_model.embeddings.class_embedding");
        x = picture.Graph.Add("Add", [x, picture.Places("vision_model.embeddings.position_embedding.weight", hidden, others: 1)]);
        x = picture.LayerNorm(x, "vision_model.pre_layrnorm", hidden, encoder.Epsilon);
        x = PictureLayers(picture, encoder, x);
        picture.OfferPatches("vision_last_hidden_state", x, hidden);
        var pooled = picture.LayerNorm(picture.ClassToken(x), "vision_model.post_layernorm", hidden, encoder.Epsilon);
        picture.OfferVector("vision_pooler_output", pooled, hidden);
        OfferEmbedding(picture, pooled, "visual_projection", "image", hidden, projection);
    }

    /// <summary>The layers of a text tower, from its part of config.json. Missing fields have CLIP's defaults.</summary>
    public static PreNormEncoder TextEncoder(ConfigFile config, string activation, float epsilon) =>
        Encoder(config, 512, 8, 2048, activation, epsilon);

    /// <summary>The layers of a picture tower, from its part of config.json. Missing fields have the base model's defaults.</summary>
    public static PreNormEncoder PictureEncoder(ConfigFile config, string activation, float epsilon) =>
        Encoder(config, 768, 12, 3072, activation, epsilon);

    /// <summary>Embeddings, layers and final norm of a text tower.</summary>
    public static string TextTower(TextGraph text, PreNormEncoder encoder, string? mask, int places, int words)
    {
        var (graph, hidden) = (text.Graph, encoder.Hidden);
        var x = text.Embedding(text.Ids, text.Weights.Get("text_model.embeddings.token_embedding.weight", words, hidden));
        var table = graph.Weight(text.Weights.Get("text_model.embeddings.position_embedding.weight", places, hidden));
        x = graph.Add("Add", [x, graph.Add("Slice", [table, graph.Constant(0L), graph.Sizes(text.Ids, 1, 2), graph.Constant(0L)])]);
        x = text.Layers(x, text.Config.OptionalSize("num_hidden_layers") ?? 12, hidden, (x, i) =>
            encoder.Layer(text, x, $"text_model.encoder.layers.{i}.", mask));
        return text.LayerNorm(x, "text_model.final_layer_norm", hidden, encoder.Epsilon);
    }

    /// <summary>The layers of a picture tower.</summary>
    public static string PictureLayers(PictureGraph picture, PreNormEncoder encoder, string x, string? mask = null) =>
        picture.Layers(x, picture.Config.OptionalSize("num_hidden_layers") ?? 12, encoder.Hidden, (x, i) =>
            encoder.Layer(picture, x, $"vision_model.encoder.layers.{i}.", mask));

    /// <summary>Offers a projection and its normalized form.</summary>
    public static void OfferEmbedding(NetworkGraph network, string pooled, string? projection, string kind, int hidden, int size)
    {
        var features = projection is null ? pooled : network.Linear(pooled, projection, size, hidden, bias: false);
        network.Outputs.Offer(kind + "_features", features, "batch", NetworkOutputs.Axis(size));
        network.Outputs.Offer(
            kind + "_embeds",
            network.Graph.Add("LpNormalization", [features], ("axis", -1L), ("p", 2L)),
            "batch",
            NetworkOutputs.Axis(size));
    }

    // Old configs say 2, which is not an id of the end token. Then the end is the first position of the largest id.
    private static string End(TextGraph text)
    {
        var end = text.Config.Integer("eos_token_id", 2);
        var scores = end == 2
            ? text.Ids
            : text.Graph.Cast(text.Graph.Add("Equal", [text.Ids, text.Graph.Scalar((long)end)]), TensorElementType.Int32);
        return text.Graph.Add("ArgMax", [scores], ("axis", 1L), ("keepdims", 0L));
    }

    private static PreNormEncoder Encoder(ConfigFile config, int hidden, int heads, int wide, string activation, float epsilon) =>
        new(PreNormNames.Clip)
        {
            Hidden = config.OptionalSize("hidden_size") ?? hidden,
            Heads = config.OptionalSize("num_attention_heads") ?? heads,
            Wide = config.OptionalSize("intermediate_size") ?? wide,
            Activation = config.Text("hidden_act", activation),
            Epsilon = config.Positive("layer_norm_eps", epsilon),
        };
}

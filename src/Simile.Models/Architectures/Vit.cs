namespace Simile.Models.Architectures;

/// <summary>ViT (Dosovitskiy et al. 2021) with the names of transformers' ViTModel and ViTForImageClassification.</summary>
internal static class Vit
{
    /// <summary>Writes the whole network.</summary>
    public static void Build(PictureGraph picture)
    {
        var config = picture.Config;
        var encoder = Encoder(config, PreNormNames.Vit);
        var (hidden, layers, patch) = (encoder.Hidden, config.Layers("num_hidden_layers"), config.Size("patch_size"));
        var patches = picture.Patches(picture.Pixels, "embeddings.patch_embeddings.projection", hidden, picture.Channels, patch, patch);
        var x = picture.Prepend(patches, hidden, "embeddings.cls_token");
        x = picture.Graph.Add("Add", [x, picture.Places("embeddings.position_embeddings", hidden, others: 1)]);
        x = picture.Layers(x, layers, hidden, (x, i) => encoder.Layer(picture, x, $"encoder.layer.{i}."));
        picture.OfferPatches($"hidden_states.{layers}", x, hidden);
        x = picture.LayerNorm(x, "layernorm", hidden, encoder.Epsilon);
        picture.OfferPatches("last_hidden_state", x, hidden);

        var token = picture.ClassToken(x);
        if (picture.Outputs.Wants("pooler_output"))
        {
            picture.OfferVector(
                "pooler_output", picture.Linear(token, "pooler.dense", hidden, hidden, config.Text("pooler_act", "tanh")), hidden);
        }

        ImageHeads.Classify(picture, token, "classifier", hidden);
    }

    /// <summary>The layers by ViT's config.json.</summary>
    /// <param name="config">The file.</param>
    /// <param name="names">The family's names for the parts of a layer.</param>
    /// <param name="epsilon">The default epsilon of the norms.</param>
    public static PreNormEncoder Encoder(ConfigFile config, PreNormNames names, float epsilon = 1e-12f) => new(names)
    {
        Hidden = config.Size("hidden_size"),
        Heads = config.Size("num_attention_heads"),
        Wide = config.OptionalSize("intermediate_size") ?? config.Share("mlp_ratio", config.Size("hidden_size")),
        Activation = config.Text("hidden_act", "gelu"),
        Epsilon = config.Positive("layer_norm_eps", epsilon),
    };
}

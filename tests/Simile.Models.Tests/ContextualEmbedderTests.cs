using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests;

public class ContextualEmbedderTests
{
    [Fact]
    public void Tokens_have_their_places_and_vectors_that_depend_on_their_own_text_alone()
    {
        using var model = ContextualEmbedder.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        Assert.True(model.IsContextual);
        var alone = model.Embed(["The bank, unsure"])[0];
        Assert.Equal(["the", "bank", ",", "unsure"], alone.Select(token => token.Token));
        Assert.Equal([(0, 3), (4, 8), (8, 9), (10, 16)], alone.Select(token => (token.Start, token.End)));
        var among = model.Embed(["a", "The bank, unsure", "another text that is much longer than the others are"])[1];
        foreach (var (a, b) in alone.Zip(among))
        {
            Assert.Equal(1, VectorMath.Cosine(a.Vector.Span, b.Vector.Span), 1e-5f);
        }
    }

    // What the model pools is what the tokens' vectors are, those of [CLS] and [SEP] with them.
    [Fact]
    public void The_pooled_vector_is_near_the_mean_of_the_tokens()
    {
        var folder = Assets.Require("models/all-MiniLM-L6-v2");
        using var model = ContextualEmbedder.Load(folder);
        using var texts = TextEmbedder.Load(folder);
        const string Text = "a long enough sentence for two added tokens not to matter much in the mean of all of them";
        var tokens = model.Embed([Text])[0];
        var mean = new float[model.Dimensions];
        Array.ForEach(tokens, token => VectorMath.Add(mean, token.Vector.Span, mean));
        Assert.InRange(VectorMath.Cosine(mean, texts.Embed(Text)), 0.98f, 1);
    }

    [Fact]
    public void A_static_model_has_one_vector_for_a_token_wherever_it_stands()
    {
        using var model = ContextualEmbedder.Load(Assets.Require("golden/architectures/st_static"));
        var (a, b) = (model.Embed(["one two"])[0], model.Embed(["two two one"])[0]);
        Assert.False(model.IsContextual);
        Assert.Equal(a[^1].Vector.ToArray(), b[0].Vector.ToArray());
    }

    [Fact]
    public void Models_without_vectors_of_tokens_are_refused_in_a_sentence()
    {
        Assert.Contains(
            "name a transformer",
            Assert.Throws<NotSupportedException>(() => ContextualEmbedder.Load(TextEmbedder.BuiltIn)).Message,
            StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => ContextualEmbedder.Load("no/such"));
    }
}

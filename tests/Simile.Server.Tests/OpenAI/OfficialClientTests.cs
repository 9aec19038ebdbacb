using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Embeddings;

namespace Simile.Server.Tests.OpenAI;

/// <summary>The official .NET client of OpenAI and Microsoft.Extensions.AI.OpenAI, unmodified.</summary>
public sealed class OfficialClientTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly string[] Texts = ["a leaf that goes brown", "一只猫", "", "Größe & <b>Maß</b> \U0001F41F"];

    private OpenAIClient Client =>
        new(new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri(shared.Server.Address, "v1") });

    [Fact]
    public async Task The_client_of_OpenAI_gets_the_vectors_of_the_library()
    {
        var answer = await Client.GetEmbeddingClient("simile/base").GenerateEmbeddingsAsync(Texts);

        Assert.Equal("simile/base", answer.Value.Model);
        Assert.Equal(SharedServer.Library.EmbedWithUsage(Texts).Tokens, answer.Value.Usage.InputTokenCount);
        AssertVectors([.. answer.Value.Select(embedding => embedding.ToFloats().ToArray())]);
    }

    [Fact]
    public async Task Microsoft_Extensions_AI_gets_the_vectors_of_the_library()
    {
        using var generator = Client.GetEmbeddingClient("simile/base").AsIEmbeddingGenerator();
        var answer = await generator.GenerateAsync(Texts);

        Assert.Equal(SharedServer.Library.EmbedWithUsage(Texts).Tokens, answer.Usage!.InputTokenCount);
        AssertVectors([.. answer.Select(embedding => embedding.Vector.ToArray())]);
    }

    [Fact]
    public async Task Fewer_dimensions_are_those_of_the_library()
    {
        using var generator = Client.GetEmbeddingClient("simile/base").AsIEmbeddingGenerator();
        var answer = await generator.GenerateAsync([Texts[0]], new Microsoft.Extensions.AI.EmbeddingGenerationOptions { Dimensions = 64 });
        var expected = await SharedServer.Library.GenerateAsync(
            [Texts[0]], new Microsoft.Extensions.AI.EmbeddingGenerationOptions { Dimensions = 64 });

        Assert.Equal(64, answer[0].Vector.Length);
        Assert.All(expected[0].Vector.ToArray().Zip(answer[0].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public async Task The_client_lists_the_models()
    {
        var models = await Client.GetOpenAIModelClient().GetModelsAsync();
        Assert.Equal("simile/base", Assert.Single(models.Value).Id);
        Assert.Equal("simile/base", (await Client.GetOpenAIModelClient().GetModelAsync("simile/base")).Value.Id);
    }

    [Fact]
    public async Task An_unknown_model_is_an_error_of_the_client()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(
            () => Client.GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddingsAsync(Texts));
        Assert.Equal(404, error.Status);
        Assert.Contains("model_not_found", error.Message, StringComparison.Ordinal);
        Assert.Contains("simile/base", error.Message, StringComparison.Ordinal);
    }

    // In one batch the last bits may differ from those of another batch.
    private static void AssertVectors(float[][] vectors)
    {
        var expected = SharedServer.Library.Embed(Texts);
        Assert.Equal(Texts.Length, vectors.Length);
        for (var i = 0; i < vectors.Length; i++)
        {
            Assert.All(vectors[i].Zip(expected[i].ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        }
    }
}

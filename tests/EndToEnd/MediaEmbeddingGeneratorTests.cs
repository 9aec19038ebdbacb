using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Simile;
using Simile.Embedding;
using Simile.Models;
using Simile.Numerics;
using Simile.Testing;

namespace EndToEnd;

public sealed class MediaEmbeddingGeneratorTests
{
    [Fact]
    public async Task Pictures_and_sounds_have_the_vectors_of_their_files()
    {
        var picture = Assets.Require("data/photos/chelsea.png");
        var sound = Directory.EnumerateFiles(Assets.Require("data/esc10"), "rain__*.wav", SearchOption.AllDirectories).First();
        using var model = MultimodalModel.Load();
        using var generator = new MediaEmbeddingGenerator(model);
        var generated =
            await generator.GenerateAsync([await DataContent.LoadFromAsync(picture), await DataContent.LoadFromAsync(sound, "audio/wav")]);
        var files = await FileEmbedder.EmbedAsync(model, [picture, sound]);
        Assert.All(
            Enumerable.Range(0, 2), i => Assert.InRange(VectorMath.Cosine(generated[i].Vector.Span, files[i].Vector!), 0.99999f, 1.00001f));
        Assert.Equal(model.Dimensions, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);

        var cut = await generator.GenerateAsync(
            [await DataContent.LoadFromAsync(picture)], new EmbeddingGenerationOptions { Dimensions = 64 });
        Assert.Equal((64, 1f), (cut[0].Vector.Length, MathF.Round(VectorMath.Norm(cut[0].Vector.Span), 4)));
    }

    [Fact]
    public async Task What_cannot_be_embedded_is_a_sentence()
    {
        using var generator = MediaEmbeddingGenerator.Load();
        await Assert.ThrowsAsync<InvalidDataException>(
            () => generator.GenerateAsync([new DataContent("no picture"u8.ToArray(), "image/png")]));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => generator.GenerateAsync([new DataContent("no sound"u8.ToArray(), "audio/wav")]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync([new DataContent(new Uri("https://example.com/cat.png"), "image/png")]));
        await Assert.ThrowsAsync<NotSupportedException>(() => generator.GenerateAsync([new DataContent("text"u8.ToArray(), "text/plain")]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => generator.GenerateAsync([], new EmbeddingGenerationOptions { Dimensions = 9999 }));
    }

    [Fact]
    public async Task It_is_registered_with_dependency_injection()
    {
        var services = new ServiceCollection();
        services.AddSimileMediaEmbeddingGenerator();
        await using var provider = services.BuildServiceProvider();
        Assert.NotNull(
            provider.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>().GetService<MediaEmbeddingGenerator>());
    }
}

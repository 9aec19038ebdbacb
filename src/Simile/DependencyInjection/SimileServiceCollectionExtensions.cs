using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Simile;
using Simile.Models;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Simile's embedding generators and corpora as singletons. They are thread-safe and own a network or a store.</summary>
public static class SimileServiceCollectionExtensions
{
    /// <summary>Registers a text embedder as <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>, loaded on first use.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">A model for <see cref="TextEmbedder.Load(string)"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>A builder for caching, logging or telemetry around the generator.</returns>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddSimileEmbeddingGenerator(
        this IServiceCollection services, string model = TextEmbedder.BuiltIn, TextEmbedderOptions? options = null) =>
        services.AddEmbeddingGenerator<string, Embedding<float>>(_ => TextEmbedder.Load(model, options ?? new TextEmbedderOptions()));

    /// <summary>Registers a text embedder as a keyed service.</summary>
    /// <inheritdoc cref="AddSimileEmbeddingGenerator"/>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddKeyedSimileEmbeddingGenerator(
        this IServiceCollection services, object? serviceKey, string model = TextEmbedder.BuiltIn, TextEmbedderOptions? options = null) =>
        services.AddKeyedEmbeddingGenerator<string, Embedding<float>>(
            serviceKey, _ => TextEmbedder.Load(model, options ?? new TextEmbedderOptions()));

    /// <summary>Registers a generator for pictures and sounds, loaded on first use.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">A model for <see cref="MultimodalModel.Load"/>.</param>
    /// <returns>A builder for caching, logging or telemetry around the generator.</returns>
    public static EmbeddingGeneratorBuilder<DataContent, Embedding<float>> AddSimileMediaEmbeddingGenerator(
        this IServiceCollection services, string model = TextEmbedder.BuiltIn) =>
        services.AddEmbeddingGenerator<DataContent, Embedding<float>>(_ => MediaEmbeddingGenerator.Load(model));

    /// <summary>Registers a generator for pictures and sounds with a key.</summary>
    /// <inheritdoc cref="AddSimileMediaEmbeddingGenerator"/>
    public static EmbeddingGeneratorBuilder<DataContent, Embedding<float>> AddKeyedSimileMediaEmbeddingGenerator(
        this IServiceCollection services, object? serviceKey, string model = TextEmbedder.BuiltIn) =>
        services.AddKeyedEmbeddingGenerator<DataContent, Embedding<float>>(serviceKey, _ => MediaEmbeddingGenerator.Load(model));

    /// <summary>
    /// Registers a <see cref="Corpus"/>, opened on first use and closed with the service provider. It logs to the provider's loggers.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="model">A model for <see cref="Corpus.Open(string, string, CorpusOptions)"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    public static IServiceCollection AddSimileCorpus(
        this IServiceCollection services, string folder, string? model = null, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton(provider => Corpus.Open(folder, model, WithLoggers(options, provider)));
    }

    /// <summary>Registers a <see cref="Corpus"/> with a key.</summary>
    /// <inheritdoc cref="AddSimileCorpus"/>
    public static IServiceCollection AddKeyedSimileCorpus(
        this IServiceCollection services, object? serviceKey, string folder, string? model = null, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKeyedSingleton(serviceKey, (provider, _) => Corpus.Open(folder, model, WithLoggers(options, provider)));
    }

    private static CorpusOptions WithLoggers(CorpusOptions? options, IServiceProvider provider)
    {
        options ??= new CorpusOptions();
        return options.LoggerFactory is not null ? options : options with { LoggerFactory = provider.GetService<ILoggerFactory>() };
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Simile.VectorData;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers stores and collections of <see cref="SimileVectorStore"/>.</summary>
/// <remarks>
/// A registered <see cref="IEmbeddingGenerator"/> makes vectors where the options name none. Stores and collections of one folder share
/// connections and vectors, whatever their lifetime.
/// </remarks>
public static class SimileVectorDataServiceCollectionExtensions
{
    private const string Reflection =
        "Records are mapped by reflection: use SimileDynamicCollection where code is trimmed or compiled ahead of time.";

    /// <summary>Registers a <see cref="SimileVectorStore"/>, also as <see cref="VectorStore"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The store's folder.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSimileVectorStore(
        this IServiceCollection services,
        string path,
        SimileVectorStoreOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedSimileVectorStore(serviceKey: null, path, options, lifetime);

    /// <summary>Registers a keyed <see cref="SimileVectorStore"/>, also as <see cref="VectorStore"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="path">The store's folder.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddKeyedSimileVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        string path,
        SimileVectorStoreOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddKeyedSimileVectorStore(serviceKey, _ => path, _ => options, lifetime);
    }

    /// <summary>Registers a <see cref="SimileVectorStore"/> whose folder and options come from other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">Gives the store's folder.</param>
    /// <param name="options">Gives the options; null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSimileVectorStore(
        this IServiceCollection services,
        Func<IServiceProvider, string> path,
        Func<IServiceProvider, SimileVectorStoreOptions?>? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton) =>
        services.AddKeyedSimileVectorStore(serviceKey: null, path, options, lifetime);

    /// <summary>Registers a keyed <see cref="SimileVectorStore"/> whose folder and options come from other services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="path">Gives the store's folder.</param>
    /// <param name="options">Gives the options; null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddKeyedSimileVectorStore(
        this IServiceCollection services,
        object? serviceKey,
        Func<IServiceProvider, string> path,
        Func<IServiceProvider, SimileVectorStoreOptions?>? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(path);
        services.Add(new ServiceDescriptor(
            typeof(SimileVectorStore), serviceKey, (provider, _) => Store(provider, path(provider), options?.Invoke(provider)), lifetime));
        services.Add(
            new ServiceDescriptor(typeof(VectorStore), serviceKey, (provider, key) => Resolve<SimileVectorStore>(provider, key), lifetime));
        return services;
    }

    /// <summary>
    /// Registers a <see cref="SimileCollection{TKey, TRecord}"/>, also as <see cref="VectorStoreCollection{TKey, TRecord}"/>,
    /// <see cref="IVectorSearchable{TRecord}"/> and <see cref="IKeywordHybridSearchable{TRecord}"/>.
    /// </summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TRecord">The records' type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="path">The store's folder.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    public static IServiceCollection AddSimileCollection<TKey, TRecord>(
        this IServiceCollection services,
        string name,
        string path,
        SimileCollectionOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class => services.AddKeyedSimileCollection<TKey, TRecord>(serviceKey: null, name, path, options, lifetime);

    /// <summary>Registers a keyed <see cref="SimileCollection{TKey, TRecord}"/> and its abstractions.</summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TRecord">The records' type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="path">The store's folder.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    public static IServiceCollection AddKeyedSimileCollection<TKey, TRecord>(
        this IServiceCollection services,
        object? serviceKey,
        string name,
        string path,
        SimileCollectionOptions? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddKeyedSimileCollection<TKey, TRecord>(serviceKey, name, _ => path, _ => options, lifetime);
    }

    /// <summary>Registers a <see cref="SimileCollection{TKey, TRecord}"/> whose folder and options come from other services.</summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TRecord">The records' type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="path">Gives the store's folder.</param>
    /// <param name="options">Gives the options; null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    public static IServiceCollection AddSimileCollection<TKey, TRecord>(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, string> path,
        Func<IServiceProvider, SimileCollectionOptions?>? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class => services.AddKeyedSimileCollection<TKey, TRecord>(serviceKey: null, name, path, options, lifetime);

    /// <summary>
    /// Registers a keyed <see cref="SimileCollection{TKey, TRecord}"/> whose folder and options come from other services.
    /// </summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TRecord">The records' type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="path">Gives the store's folder.</param>
    /// <param name="options">Gives the options; null for the defaults.</param>
    /// <param name="lifetime">The lifetime.</param>
    /// <returns>The services.</returns>
    [RequiresDynamicCode(Reflection)]
    [RequiresUnreferencedCode(Reflection)]
    public static IServiceCollection AddKeyedSimileCollection<TKey, TRecord>(
        this IServiceCollection services,
        object? serviceKey,
        string name,
        Func<IServiceProvider, string> path,
        Func<IServiceProvider, SimileCollectionOptions?>? options = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TKey : notnull
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(path);
        services.Add(new ServiceDescriptor(
            typeof(SimileCollection<TKey, TRecord>),
            serviceKey,
            (provider, _) => new SimileCollection<TKey, TRecord>(path(provider), name, WithGenerator(provider, options?.Invoke(provider))),
            lifetime));
        foreach (var face in (Type[])
        [
            typeof(VectorStoreCollection<TKey, TRecord>),
            typeof(IVectorSearchable<TRecord>),
            typeof(IKeywordHybridSearchable<TRecord>),
        ])
        {
            services.Add(new ServiceDescriptor(
                face, serviceKey, (provider, key) => Resolve<SimileCollection<TKey, TRecord>>(provider, key), lifetime));
        }

        return services;
    }

    private static SimileVectorStore Store(IServiceProvider provider, string path, SimileVectorStoreOptions? options) =>
        new(path, new SimileVectorStoreOptions
        {
            EmbeddingGenerator = options?.EmbeddingGenerator ?? provider.GetService<IEmbeddingGenerator>(),
            Durability = options?.Durability ?? Durability.Full,
        });

    private static SimileCollectionOptions WithGenerator(IServiceProvider provider, SimileCollectionOptions? options) => new()
    {
        Definition = options?.Definition,
        EmbeddingGenerator = options?.EmbeddingGenerator ?? provider.GetService<IEmbeddingGenerator>(),
        Durability = options?.Durability ?? Durability.Full,
    };

    private static T Resolve<T>(IServiceProvider provider, object? key)
        where T : notnull => key is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(key);
}

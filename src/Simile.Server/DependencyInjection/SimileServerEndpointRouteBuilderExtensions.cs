using Microsoft.AspNetCore.Routing;
using Simile.Server;
using Simile.Server.Cohere;
using Simile.Server.Collections;
using Simile.Server.Health;
using Simile.Server.Http;
using Simile.Server.Infinity;
using Simile.Server.OpenAI;
using Simile.Server.Tei;
using Simile.Server.Telemetry;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of the server.</summary>
public static class SimileServerEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the APIs of OpenAI, text-embeddings-inference, Cohere and Infinity. Register them first with <c>services.AddSimileServer()</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">A path before all routes, such as <c>/simile</c>; empty for none.</param>
    /// <returns>All endpoints, for conventions such as authorization.</returns>
    public static IEndpointConventionBuilder MapSimile(this IEndpointRouteBuilder endpoints, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var routes = new RouteTable(endpoints.MapGroup(prefix));

        // It listens from now on, not from the first look at the metrics.
        _ = endpoints.ServiceProvider.GetRequiredService<PrometheusMetrics>();
        routes.Get(
            "/health",
            HealthResource.ReadyAsync,
            TeiErrors.Instance,
            "Whether requests are taken: 200, or 503 while the server stops.",
            isOpen: true);
        routes.Get("/health/live", HealthResource.LiveAsync, TeiErrors.Instance, "Whether the process runs.", isOpen: true);
        MapOpenAI(routes);
        MapTei(routes);
        MapCohere(routes);
        MapInfinity(routes);
        if (endpoints.ServiceProvider.GetRequiredService<SimileServerOptions>().Stores.Count > 0)
        {
            MapCollections(routes);
        }

        routes.Get("/", RootPage.Of(routes.Routes), OpenAIErrors.Instance, "This page.", isOpen: true);
        return routes.Group;
    }

    private static void MapOpenAI(RouteTable routes)
    {
        routes.Post(
            "/v1/embeddings", EmbeddingsResource.PostAsync, OpenAIErrors.Instance, "OpenAI: vectors of texts.", typeof(EmbeddingsRequest));
        routes.Get("/v1/models", ModelsResource.ListAsync, OpenAIErrors.Instance, "OpenAI: the models.");
        routes.Get("/v1/models/{**model}", ModelsResource.GetAsync, OpenAIErrors.Instance, "OpenAI: a model.");
    }

    private static void MapCollections(RouteTable routes)
    {
        routes.Get("/collections", CollectionsResource.ListAsync, OpenAIErrors.Instance, "Collections: all of them, with counts.");
        routes.Get("/collections/{collection}", CollectionsResource.GetAsync, OpenAIErrors.Instance, "Collections: one, with counts.");
        routes.Get(
            "/collections/{collection}/items",
            CollectionItemsResource.GetAsync,
            OpenAIErrors.Instance,
            "Collections: the items of the file in the query's path.");
        routes.Post(
            "/collections/{collection}/search",
            CollectionSearchResource.PostAsync,
            OpenAIErrors.Instance,
            "Collections: search by text, image, sound, vector or path.", typeof(CollectionSearchRequest));
        routes.Map(
            "/mcp",
            builder => builder.MapMcp("/mcp"),
            OpenAIErrors.Instance,
            "Agents: the tools search, read, related and status, by the Model Context Protocol.");
    }

    private static void MapTei(RouteTable routes)
    {
        routes.Post("/embed", EmbedResource.PostAsync, TeiErrors.Instance, "TEI: vectors of texts.", typeof(EmbedRequest));
        routes.Post(
            "/embed_all", EmbedResource.PostAllAsync, TeiErrors.Instance, "TEI: vectors of the tokens of texts.", typeof(EmbedRequest));
        routes.Post(
            "/embed_sparse",
            EmbedResource.PostSparseAsync,
            TeiErrors.Instance,
            "TEI: sparse vectors of texts (SPLADE).",
            typeof(EmbedRequest));
        routes.Post(
            "/rerank",
            RerankResource.PostAsync,
            TeiErrors.Instance,
            "TEI and Infinity: how well texts answer a query.",
            typeof(RerankRequest));
        routes.Post(
            "/similarity",
            SimilarityResource.PostAsync,
            TeiErrors.Instance,
            "TEI: how alike a text and others are.",
            typeof(SimilarityRequest));
        routes.Post(
            "/predict", PredictResource.PostAsync, TeiErrors.Instance, "TEI: classes of texts and of pairs.", typeof(PredictRequest));
        routes.Post("/tokenize", TokenizeResource.PostAsync, TeiErrors.Instance, "TEI: tokens of texts.", typeof(TokenizeRequest));
        routes.Post("/decode", TokenizeResource.DecodeAsync, TeiErrors.Instance, "TEI: texts of token ids.", typeof(DecodeRequest));
        routes.Get("/info", InfoResource.GetAsync, TeiErrors.Instance, "TEI: the first model and the limits.");
        routes.Get("/metrics", MetricsResource.GetAsync, TeiErrors.Instance, "Metrics for Prometheus.");
    }

    private static void MapCohere(RouteTable routes)
    {
        routes.Post(
            "/v2/embed",
            CohereEmbedResource.PostAsync,
            CohereErrors.Instance,
            "Cohere: vectors of texts and images.",
            typeof(CohereEmbedRequest));
        routes.Post(
            "/v2/rerank",
            CohereRerankResource.PostAsync,
            CohereErrors.Instance,
            "Cohere: how well documents answer a query.",
            typeof(CohereRerankRequest));
    }

    private static void MapInfinity(RouteTable routes)
    {
        routes.Post(
            "/embeddings",
            EmbeddingsResource.PostAsync,
            OpenAIErrors.Instance,
            "Infinity: vectors of texts, pictures or sounds.",
            typeof(EmbeddingsRequest));
        routes.Post(
            "/embeddings_image",
            MediaEmbeddings.PostImagesAsync,
            OpenAIErrors.Instance,
            "Infinity: vectors of pictures, as data URIs.",
            typeof(EmbeddingsRequest));
        routes.Post(
            "/embeddings_audio",
            MediaEmbeddings.PostSoundsAsync,
            OpenAIErrors.Instance,
            "Infinity: vectors of sounds, as data URIs.",
            typeof(EmbeddingsRequest));
        routes.Get("/models", ModelsResource.ListAsync, OpenAIErrors.Instance, "Infinity: the models.");
    }
}

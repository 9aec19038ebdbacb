using Microsoft.AspNetCore.Routing;
using Simile.Server.Health;
using Simile.Server.Http;
using Simile.Server.Infinity;
using Simile.Server.OpenAI;
using Simile.Server.Tei;

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
        routes.Get("/health", HealthResource.ReadyAsync, TeiErrors.Instance, "Whether requests are taken: 200, or 503 while the server stops.", isOpen: true);
        routes.Get("/health/live", HealthResource.LiveAsync, TeiErrors.Instance, "Whether the process runs.", isOpen: true);
        MapOpenAI(routes);
        MapInfinity(routes);
        routes.Get("/", RootPage.Of(routes.Routes), OpenAIErrors.Instance, "This page.", isOpen: true);
        return routes.Group;
    }

    private static void MapOpenAI(RouteTable routes)
    {
        routes.Post("/v1/embeddings", EmbeddingsResource.PostAsync, OpenAIErrors.Instance, "OpenAI: vectors of texts.");
        routes.Get("/v1/models", ModelsResource.ListAsync, OpenAIErrors.Instance, "OpenAI: the models.");
        routes.Get("/v1/models/{**model}", ModelsResource.GetAsync, OpenAIErrors.Instance, "OpenAI: a model.");
    }

    private static void MapInfinity(RouteTable routes)
    {
        routes.Post("/embeddings", EmbeddingsResource.PostAsync, OpenAIErrors.Instance, "Infinity: vectors of texts, pictures or sounds.");
        routes.Post("/embeddings_image", MediaEmbeddings.PostImagesAsync, OpenAIErrors.Instance, "Infinity: vectors of pictures, as data URIs.");
        routes.Post("/embeddings_audio", MediaEmbeddings.PostSoundsAsync, OpenAIErrors.Instance, "Infinity: vectors of sounds, as data URIs.");
        routes.Get("/models", ModelsResource.ListAsync, OpenAIErrors.Instance, "Infinity: the models.");
    }
}

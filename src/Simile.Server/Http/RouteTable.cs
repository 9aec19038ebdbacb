using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Simile.Server.Http;

/// <summary>Maps endpoints behind the <see cref="RequestGuard"/>, each with a sentence for people and its body for OpenAPI.</summary>
internal sealed class RouteTable(RouteGroupBuilder group)
{
    private static readonly string[] Json = ["application/json"];

    // With JSON alone routing itself would refuse other types, without the body that clients of the API expect.
    private static readonly string[] AnyType = ["application/json", "*/*"];
    private readonly List<(string Method, string Route, string Sentence)> _routes = [];
    private readonly RequestGuard _guard = ((IEndpointRouteBuilder)group).ServiceProvider.GetService<RequestGuard>()
        ?? throw new InvalidOperationException("The server is not registered: call services.AddSimileServer() before app.MapSimile().");

    public RouteGroupBuilder Group => group;

    public IReadOnlyList<(string Method, string Route, string Sentence)> Routes => _routes;

    /// <summary>Puts the guard before endpoints that another library maps.</summary>
    public void Map(string route, Func<IEndpointRouteBuilder, IEndpointConventionBuilder> map, ApiErrors errors, string sentence)
    {
        _routes.Add(("POST", route, sentence));
        map(group).Finally(builder =>
            builder.RequestDelegate = _guard.Protect(builder.RequestDelegate!, errors, route, isOpen: false, hasLimit: false));
    }

    public void Get(string route, RequestDelegate endpoint, ApiErrors errors, string sentence, bool isOpen = false)
    {
        _routes.Add(("GET", route, sentence));
        Describe(group.MapGet(route, _guard.Protect(endpoint, errors, route, isOpen)), endpoint, sentence);
    }

    /// <param name="route">The route.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="errors">How the API tells of failures.</param>
    /// <param name="sentence">What it does.</param>
    /// <param name="body">The type of the body.</param>
    public void Post(string route, RequestDelegate endpoint, ApiErrors errors, string sentence, Type body)
    {
        _routes.Add(("POST", route, sentence));
        Describe(group.MapPost(route, _guard.Protect(endpoint, errors, route, isOpen: false)), endpoint, sentence)
            .WithMetadata(new AcceptsMetadata(AnyType, body));
    }

    // An endpoint that is a RequestDelegate is described only if its method is among its metadata. The sentence begins with its API.
    private static IEndpointConventionBuilder Describe(IEndpointConventionBuilder builder, RequestDelegate endpoint, string sentence) =>
        builder.WithMetadata(endpoint.Method, new ProducesResponseTypeMetadata(StatusCodes.Status200OK, null, Json))
            .WithTags(sentence.Contains(": ", StringComparison.Ordinal) ? sentence.Split(':')[0] : "Server")
            .WithSummary(sentence);
}

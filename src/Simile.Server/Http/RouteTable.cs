using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Simile.Server.Http;

/// <summary>Maps endpoints behind the <see cref="RequestGuard"/>, each with a sentence for people.</summary>
internal sealed class RouteTable(RouteGroupBuilder group)
{
    private readonly List<(string Method, string Route, string Sentence)> _routes = [];
    private readonly RequestGuard _guard = ((IEndpointRouteBuilder)group).ServiceProvider.GetService<RequestGuard>()
        ?? throw new InvalidOperationException("The server is not registered: call services.AddSimileServer() before app.MapSimile().");

    public RouteGroupBuilder Group => group;

    public IReadOnlyList<(string Method, string Route, string Sentence)> Routes => _routes;

    /// <summary>Puts the guard before endpoints that another library maps.</summary>
    public void Map(string route, Func<IEndpointRouteBuilder, IEndpointConventionBuilder> map, ApiErrors errors, string sentence)
    {
        _routes.Add(("POST", route, sentence));
        map(group)
            .Finally(builder =>
                builder.RequestDelegate = _guard.Protect(builder.RequestDelegate!, errors, route, isOpen: false, hasLimit: false));
    }

    public void Get(string route, RequestDelegate endpoint, ApiErrors errors, string sentence, bool isOpen = false)
    {
        _routes.Add(("GET", route, sentence));
        group.MapGet(route, _guard.Protect(endpoint, errors, route, isOpen)).WithSummary(sentence);
    }

    public void Post(string route, RequestDelegate endpoint, ApiErrors errors, string sentence)
    {
        _routes.Add(("POST", route, sentence));
        group.MapPost(route, _guard.Protect(endpoint, errors, route, isOpen: false)).WithSummary(sentence);
    }
}

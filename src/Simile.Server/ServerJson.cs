using System.Text.Json.Serialization;
using Simile.Server.OpenAI;

namespace Simile.Server;

/// <summary>The bodies of requests.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EmbeddingsRequest))]
internal sealed partial class ServerJson : JsonSerializerContext;

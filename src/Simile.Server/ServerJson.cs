using System.Text.Json.Serialization;
using Simile.Server.Cohere;
using Simile.Server.Collections;
using Simile.Server.OpenAI;
using Simile.Server.Tei;

namespace Simile.Server;

/// <summary>
/// The bodies of requests. Names of two words are given by each property, so that they hold in the options of any application.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CollectionSearchRequest))]
[JsonSerializable(typeof(EmbeddingsRequest))]
[JsonSerializable(typeof(EmbedRequest))]
[JsonSerializable(typeof(RerankRequest))]
[JsonSerializable(typeof(SimilarityRequest))]
[JsonSerializable(typeof(PredictRequest))]
[JsonSerializable(typeof(TokenizeRequest))]
[JsonSerializable(typeof(DecodeRequest))]
[JsonSerializable(typeof(CohereEmbedRequest))]
[JsonSerializable(typeof(CohereRerankRequest))]
internal sealed partial class ServerJson : JsonSerializerContext;

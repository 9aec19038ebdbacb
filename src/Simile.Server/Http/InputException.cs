using System.Text.Json;

namespace Simile.Server.Http;

/// <summary>A field of a request has a value of a type that it cannot have. The message is a sentence for the client.</summary>
internal sealed class InputException(string message) : JsonException(message);

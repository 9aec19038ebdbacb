namespace Simile.Server.Http;

/// <summary>Why a request is refused. Each API has its own status and body for a kind.</summary>
internal enum FailureKind
{
    /// <summary>There is no input.</summary>
    Empty,

    /// <summary>The body is not JSON, or has not the fields that the request needs.</summary>
    Malformed,

    /// <summary>A value is out of range.</summary>
    Validation,

    /// <summary>The body is larger than a request may be.</summary>
    TooLarge,

    /// <summary>The body did not arrive in time.</summary>
    Slow,

    /// <summary>A text cannot be tokenized.</summary>
    Tokenizer,

    /// <summary>The model cannot do what is asked.</summary>
    Backend,

    /// <summary>Too much work is waiting.</summary>
    Overloaded,

    /// <summary>The server is stopping, or a model cannot be loaded.</summary>
    Unhealthy,

    /// <summary>What the request names does not exist.</summary>
    NotFound,

    /// <summary>The API key is missing or wrong.</summary>
    Unauthorized,

    /// <summary>The request comes from a page of another host.</summary>
    Forbidden,

    /// <summary>The body is not of the type application/json.</summary>
    MediaType,

    /// <summary>A fault of the server.</summary>
    Internal,
}

namespace Simile.Server.Collections;

/// <summary>The body of POST /collections/{collection}/search: one of text, image, sound, path and vector, and options.</summary>
internal sealed record CollectionSearchRequest
{
    /// <summary>A question or a description.</summary>
    public string? Text { get; init; }

    /// <summary>A picture as a data URI.</summary>
    public string? Image { get; init; }

    /// <summary>A sound as a data URI.</summary>
    public string? Sound { get; init; }

    /// <summary>The key of a file in the collection, for what is like it.</summary>
    public string? Path { get; init; }

    /// <summary>A vector of the collection's model, of a text.</summary>
    public float[]? Vector { get; init; }

    /// <summary>Maximum number of hits: 10 if missing.</summary>
    public int? Top { get; init; }

    /// <summary>hybrid (if missing), vector or keyword: what a search by text compares.</summary>
    public string? Mode { get; init; }

    /// <summary>text, image, sound: only hits of these kinds.</summary>
    public string[]? Kinds { get; init; }

    /// <summary>Only files below this folder, by its key.</summary>
    public string? Below { get; init; }
}

namespace Simile.Indexing;

/// <summary>Makes vectors of files that are no texts: of pictures, or of sounds.</summary>
/// <remarks>Asked from one thread at a time.</remarks>
public interface IMediaEmbedder
{
    /// <summary>How files are cut and read, in a word. Files that were indexed by another recipe are embedded anew.</summary>
    string Recipe { get; }

    /// <summary>The vectors of files, in their order. What one of them holds never keeps the others from being embedded: it is refused, with the reason.</summary>
    /// <param name="paths">Full paths.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    IReadOnlyList<EmbeddedFile> Embed(IReadOnlyList<string> paths, CancellationToken cancellationToken);
}

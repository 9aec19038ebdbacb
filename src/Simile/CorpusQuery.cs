namespace Simile;

/// <summary>
/// A query for <see cref="Corpus.SearchAsync(CorpusQuery, SearchOptions, CancellationToken)"/>: a text, a picture, a sound, a vector, or a
/// file of the corpus.
/// </summary>
public abstract record CorpusQuery
{
    private CorpusQuery()
    {
    }

    /// <summary>Items that resemble or answer a text.</summary>
    public static CorpusQuery Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new OfText(text);
    }

    /// <summary>Items that resemble a picture file.</summary>
    public static CorpusQuery Image(string path) => File(path, MediaKind.Image);

    /// <summary>Items that resemble a sound file. A long sound is represented by the mean of its parts.</summary>
    public static CorpusQuery Sound(string path) => File(path, MediaKind.Sound);

    /// <summary>Items closest to a vector of the corpus's model.</summary>
    /// <param name="vector">A vector with the model's dimensions.</param>
    /// <param name="kind">The kind of the vector.</param>
    public static CorpusQuery Vector(ReadOnlyMemory<float> vector, MediaKind kind = MediaKind.Text) => new OfVector(vector, kind);

    /// <summary>Items that resemble a file of the corpus, by its stored vectors. The file itself is excluded.</summary>
    /// <param name="path">A synchronized file.</param>
    public static CorpusQuery Like(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new OfItem(Path.GetFullPath(path));
    }

    private static OfFile File(string path, MediaKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new OfFile(path, kind);
    }

    internal sealed record OfText(string Words) : CorpusQuery;

    internal sealed record OfFile(string FilePath, MediaKind Kind) : CorpusQuery;

    internal sealed record OfVector(ReadOnlyMemory<float> Values, MediaKind Kind) : CorpusQuery;

    internal sealed record OfItem(string FilePath) : CorpusQuery;
}

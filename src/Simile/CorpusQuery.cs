namespace Simile;

/// <summary>What <see cref="Corpus.SearchAsync(CorpusQuery, SearchOptions, CancellationToken)"/> looks for: items that are like a text, a picture, a sound, a vector, or a file of the corpus.</summary>
public abstract record CorpusQuery
{
    private CorpusQuery()
    {
    }

    /// <summary>What is like a text, or answers it.</summary>
    public static CorpusQuery Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new OfText(text);
    }

    /// <summary>What is like the picture in a file.</summary>
    public static CorpusQuery Image(string path) => File(path, MediaKind.Image);

    /// <summary>What is like the sound in a file; of a long one, like the mean of its parts.</summary>
    public static CorpusQuery Sound(string path) => File(path, MediaKind.Sound);

    /// <summary>What is closest to a vector of the corpus's model.</summary>
    /// <param name="vector">As many components as the model has dimensions.</param>
    /// <param name="kind">What it is the vector of.</param>
    public static CorpusQuery Vector(ReadOnlyMemory<float> vector, MediaKind kind = MediaKind.Text) => new OfVector(vector, kind);

    /// <summary>What is like a file of the corpus, by its stored vectors. The file itself is not answered.</summary>
    /// <param name="path">A file that was synchronized.</param>
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

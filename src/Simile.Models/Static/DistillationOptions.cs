namespace Simile.Models;

/// <summary>Dimensions, number type and training of a static model that is made from a transformer.</summary>
public sealed record DistillationOptions
{
    /// <summary>Dimensions of each token vector, from 1 to the teacher's. 256 is also Model2Vec's default.</summary>
    public int Dimensions { get; init; } = 256;

    /// <summary>
    /// The number type of the table. Model2Vec's default is <see cref="TableType.Float16"/>; bytes have no measurable cost here.
    /// </summary>
    public TableType Type { get; init; } = TableType.Int8;

    /// <summary>A UTF-8 file of texts, one per line, to fit the table on. Null: the table stays as made from PCA and SIF weights.</summary>
    public string? TextFile { get; init; }

    /// <summary>Number of passes over the texts, at least 1.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>
    /// A file that caches the teacher's vectors between runs, 2 bytes per number, so that a table of another size or type needs only
    /// the fit. Null: they are cached in the new folder until it is complete, so that an interrupted run continues.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>The seed of text order and token dropout. The same seed gives the same table on the same machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws if an option is out of range.</summary>
    /// <exception cref="ArgumentException">An option is out of range. The message names it and says what to do.</exception>
    /// <exception cref="FileNotFoundException"><see cref="TextFile"/> does not exist.</exception>
    internal void Validate()
    {
        if (Dimensions < 1)
        {
            throw new ArgumentException($"The number of dimensions is {Dimensions}, but must be from 1 to that of the teacher.");
        }

        if (!Enum.IsDefined(Type))
        {
            throw new ArgumentException($"'{Type}' is not a table type: choose float32, float16 or int8.");
        }

        if (Epochs < 1)
        {
            throw new ArgumentException($"The number of epochs is {Epochs}, but must be 1 or more.");
        }

        if (TextFile is not null && !File.Exists(TextFile))
        {
            throw new FileNotFoundException($"The file '{TextFile}' does not exist: give a file of texts, one per line.", TextFile);
        }
    }
}

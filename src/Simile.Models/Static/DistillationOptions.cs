namespace Simile.Models;

/// <summary>How a static model is made from a teacher.</summary>
public sealed record DistillationOptions
{
    /// <summary>Components of each token's vector, 1 up to the teacher's. 256 is Model2Vec's default too.</summary>
    public int Dimensions { get; init; } = 256;

    /// <summary>How the table is kept. Model2Vec's default is <see cref="TableType.Float16"/>; bytes cost nothing measurable here.</summary>
    public TableType Type { get; init; } = TableType.Int8;

    /// <summary>A file of texts, one a line, UTF-8, to fit the table on; null leaves it as PCA and SIF weights made it.</summary>
    public string? TextFile { get; init; }

    /// <summary>How often all texts are gone through when fitting, at least 1.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>
    /// Where the teacher's vectors of the texts are kept from one run to the next, 2 bytes a number, so that a table of another size or type costs
    /// only the fitting; null keeps them in the new folder until it is complete, so that an interrupted run goes on where it was.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>Decides the order of the texts and which tokens are dropped: the same seed gives the same table on the same machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message says which and what to do.</exception>
    /// <exception cref="FileNotFoundException"><see cref="TextFile"/> is not there.</exception>
    internal void Validate()
    {
        if (Dimensions < 1)
        {
            throw new ArgumentException($"A static model cannot have {Dimensions} dimensions: choose 1 or more, at most as many as the teacher has.");
        }

        if (!Enum.IsDefined(Type))
        {
            throw new ArgumentException($"'{Type}' is not a type of table: choose float32, float16 or int8.");
        }

        if (Epochs < 1)
        {
            throw new ArgumentException($"{Epochs} epochs fit nothing: choose 1 or more, or give no text.");
        }

        if (TextFile is not null && !File.Exists(TextFile))
        {
            throw new FileNotFoundException($"There is no file '{TextFile}': name a file of texts, one a line.", TextFile);
        }
    }
}

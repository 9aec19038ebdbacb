namespace Simile.Models.Architectures;

/// <summary>A table of token vectors, one row per token id. Safe for concurrent readers.</summary>
internal interface ITokenTable
{
    /// <summary>Number of rows: one more than the largest id.</summary>
    int Rows { get; }

    /// <summary>Numbers per row.</summary>
    int Dimensions { get; }

    /// <summary>Writes row <paramref name="row"/> to <see cref="Dimensions"/> numbers.</summary>
    void Read(int row, Span<float> numbers);
}

namespace Simile.Models.Architectures;

/// <summary>A table of token vectors, one row a token id. Safe for concurrent readers.</summary>
internal interface ITokenTable
{
    /// <summary>Number of rows: one more than the greatest id.</summary>
    int Rows { get; }

    /// <summary>Numbers in a row.</summary>
    int Dimensions { get; }

    /// <summary>Writes row <paramref name="row"/> into <see cref="Dimensions"/> numbers.</summary>
    void Read(int row, Span<float> numbers);
}

using Simile.Index.Memory;

namespace Simile.Index.Codes;

/// <summary>Reusable memory for preparing a query.</summary>
internal sealed class QueryWork(int dimensions) : IDisposable
{
    /// <summary>The query as the metric needs it, zero-padded.</summary>
    public NativeArray<float> Vector { get; } = new(QueryProjection.Padded(dimensions));

    /// <summary>The query in 14 bits.</summary>
    public NativeArray<short> Levels { get; } = new(QueryProjection.Padded(dimensions) + 64);

    /// <summary>The coordinates along the axes.</summary>
    public NativeArray<float> Coordinates { get; } = new(CodeLayout.MostCoordinates + 16);

    /// <summary>One weight per nibble, then zeros up to the end of the code.</summary>
    public NativeArray<float> Weights { get; } = new(2 * CodeLayout.MostBytes);

    public NibbleWeights Nibbles { get; } = new();

    /// <summary>The negated value of a code with the lowest levels: levels start at minus the range.</summary>
    public float Lowest { get; set; }

    /// <summary>
    /// What a code's score is multiplied by to be in the unit of exact scores; 1 unless the query was scaled for its codes.
    /// </summary>
    public float Unit { get; set; } = 1;

    /// <summary>The standard deviation of this query's scores due to the rounding of codes.</summary>
    public float Noise { get; set; }

    public long Bytes => Vector.Bytes + Levels.Bytes + Coordinates.Bytes + Weights.Bytes + Nibbles.Bytes;

    public void Dispose()
    {
        Vector.Dispose();
        Levels.Dispose();
        Coordinates.Dispose();
        Weights.Dispose();
        Nibbles.Dispose();
    }
}

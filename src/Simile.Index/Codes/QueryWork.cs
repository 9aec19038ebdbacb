using Simile.Index.Memory;

namespace Simile.Index.Codes;

/// <summary>Memory in which one query is made ready, again and again.</summary>
internal sealed class QueryWork(int dimensions) : IDisposable
{
    /// <summary>The query as the metric wants it, padded with zeros.</summary>
    public NativeArray<float> Vector { get; } = new(QueryProjection.Padded(dimensions));

    /// <summary>The query in 14 bits.</summary>
    public NativeArray<short> Levels { get; } = new(QueryProjection.Padded(dimensions) + 64);

    /// <summary>Along the axes.</summary>
    public NativeArray<float> Coordinates { get; } = new(CodeLayout.MostCoordinates + 16);

    /// <summary>One for each nibble, and zeros up to the end of the code.</summary>
    public NativeArray<float> Weights { get; } = new(2 * CodeLayout.MostBytes);

    public NibbleWeights Nibbles { get; } = new();

    /// <summary>What the sum of a code of lowest levels stands for, with its sign turned: levels begin at minus the range.</summary>
    public float Lowest { get; set; }

    /// <summary>The standard deviation that rounding to codes gives scores of this query.</summary>
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

using Simile.Numerics;

namespace Simile.Index;

/// <summary>Exact search: every vector is scored.</summary>
public sealed class FlatIndex
{
    /// <summary>Makes an empty index.</summary>
    public FlatIndex(Metric metric, int dimensions)
    {
        Metric = metric;
        Dimensions = dimensions;
    }

    /// <summary>How vectors are compared.</summary>
    public Metric Metric { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>Number of vectors held.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Adds a copy of a vector and returns its id.</summary>
    public int Add(ReadOnlySpan<float> vector) => throw new NotImplementedException();

    /// <summary>Adds a copy of each row; ids go on from <see cref="Count"/>.</summary>
    public void Add(VectorMatrix vectors) => throw new NotImplementedException();

    /// <summary>The <paramref name="k"/> closest vectors, best first, equal scores by ascending id.</summary>
    public Hit[] Search(ReadOnlySpan<float> query, int k) => throw new NotImplementedException();
}

using Simile.Numerics;

namespace Exact;

/// <summary>Vectors distributed like embeddings: a few hundred clusters.</summary>
internal static class Data
{
    public static VectorMatrix Clustered(int rows, int dimensions, int seed)
    {
        var random = new Random(seed);
        var centers = Normal(random, 300, dimensions);
        var data = Normal(random, rows, dimensions);
        for (var i = 0; i < rows; i++)
        {
            var row = data[i];
            var center = centers[random.Next(centers.Count)];
            for (var j = 0; j < dimensions; j++)
            {
                row[j] = (0.6f * row[j]) + center[j];
            }
        }

        return data;
    }

    /// <summary>Vectors near some of the data.</summary>
    public static VectorMatrix Queries(VectorMatrix data, int count, int seed)
    {
        var random = new Random(seed);
        var queries = Normal(random, count, data.Dimensions);
        for (var i = 0; i < count; i++)
        {
            var query = queries[i];
            var near = data[random.Next(data.Count)];
            for (var j = 0; j < query.Length; j++)
            {
                query[j] = (0.5f * query[j]) + near[j];
            }
        }

        return queries;
    }

    /// <summary>Integers, so that components can be equal.</summary>
    public static VectorMatrix Rounded(VectorMatrix data)
    {
        var rounded = new VectorMatrix(data.Count, data.Dimensions);
        for (var i = 0; i < data.AsSpan().Length; i++)
        {
            rounded.AsSpan()[i] = MathF.Round(data.AsSpan()[i]);
        }

        return rounded;
    }

    private static VectorMatrix Normal(Random random, int rows, int dimensions)
    {
        var matrix = new VectorMatrix(rows, dimensions);
        foreach (ref var x in matrix.AsSpan())
        {
            // The sum of three uniform numbers is nearly normal.
            x = ((random.NextSingle() + random.NextSingle() + random.NextSingle()) * 2) - 3;
        }

        return matrix;
    }
}

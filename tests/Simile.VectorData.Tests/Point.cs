using Microsoft.Extensions.VectorData;

namespace Simile.VectorData.Tests;

/// <summary>A record with one vector, whose index kind the definition gives.</summary>
public sealed class Point
{
    public const int Dimensions = 16;

    public long Id { get; set; }

    public int Group { get; set; }

    public string? Text { get; set; }

    public ReadOnlyMemory<float>? Vector { get; set; }

    public static VectorStoreCollectionDefinition Definition(string? kind, string distance = DistanceFunction.CosineSimilarity) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Id), typeof(long)),
            new VectorStoreDataProperty(nameof(Group), typeof(int)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Text), typeof(string)) { IsFullTextIndexed = true },
            new VectorStoreVectorProperty(nameof(Vector), typeof(ReadOnlyMemory<float>?), Dimensions)
            {
                IndexKind = kind,
                DistanceFunction = distance,
            },
        ],
    };

    /// <summary>Points with random vectors.</summary>
    public static Point[] Several(int count, int seed, long first = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count)
            .Select(i =>
                new Point { Id = first + i, Group = random.Next(10), Text = $"word{i % 7} of point {i}", Vector = RandomVector(random) })];
    }

    public static float[] RandomVector(Random random)
    {
        var vector = new float[Dimensions];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(random.NextDouble() - 0.5);
        }

        return vector;
    }
}

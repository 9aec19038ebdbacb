using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Checks the inputs of analyses. Each error is a sentence.</summary>
internal static class Inputs
{
    /// <summary>Throws for too few rows, NaN and infinity.</summary>
    public static void Check(VectorMatrix vectors, int least, string what)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count < least)
        {
            throw new ArgumentException(vectors.Count == 0
                ? $"There are no vectors: {what} needs at least {least}."
                : $"There {(vectors.Count == 1 ? "is one vector" : $"are {vectors.Count} vectors")}: {what} needs at least {least}.");
        }

        for (var i = 0; i < vectors.Count; i++)
        {
            CheckFinite(vectors[i], i);
        }
    }

    /// <summary>Throws if rows differ in dimensions from the rows that a projection was fitted to.</summary>
    public static void CheckDimensions(VectorMatrix rows, int dimensions)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Dimensions != dimensions)
        {
            throw new ArgumentException($"The rows have {rows.Dimensions} dimensions, but must have {dimensions}.", nameof(rows));
        }
    }

    /// <summary>Throws if the number of labels differs from that of rows.</summary>
    public static void CheckLabels(int labels, int rows)
    {
        if (labels != rows)
        {
            throw new ArgumentException($"There are {labels} labels for {rows} vectors: give one label for each vector.");
        }
    }

    /// <summary>Throws if two lists of labels differ in length.</summary>
    public static void CheckPair(int truth, int predicted)
    {
        if (truth != predicted)
        {
            throw new ArgumentException(
                $"{truth} true labels and {predicted} predicted ones do not match: give one of each for every item.");
        }

        if (truth == 0)
        {
            throw new ArgumentException("There are no labels to compare: give at least one item.");
        }
    }

    /// <summary>Throws for a metric without distances.</summary>
    public static void CheckMetric(Metric metric, string what)
    {
        if (metric is not (Metric.L2 or Metric.Cosine or Metric.Manhattan or Metric.Hamming))
        {
            throw new ArgumentException($"{what} needs distances, which {metric} does not give: choose L2, Cosine, Manhattan or Hamming.");
        }
    }

    private static void CheckFinite(ReadOnlySpan<float> vector, int row)
    {
        try
        {
            VectorMath.ThrowIfNotFinite(vector);
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"Vector {row} holds NaN or infinity: leave it out, or embed it again.");
        }
    }
}

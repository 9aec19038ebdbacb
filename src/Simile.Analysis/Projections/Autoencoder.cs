using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>An autoencoder: a dense network that learns to compress rows to a code and to reconstruct them from it.</summary>
/// <remarks>
/// Immutable and thread-safe once fitted. The same rows, options and kind of processor give the same weights on any number of threads. Rows
/// are centered and divided by one scale; the error is the mean of squared differences.
/// </remarks>
public sealed partial class Autoencoder
{
    private readonly DenseNetwork _network;
    private readonly float[] _mean;
    private readonly float _scale;

    private Autoencoder(DenseNetwork network, float[] mean, float scale) => (_network, _mean, _scale) = (network, mean, scale);

    /// <summary>Components of the rows.</summary>
    public int InputDimensions => _mean.Length;

    /// <summary>Components of the code.</summary>
    public int Components => _network.Widths[_network.CodeIndex];

    /// <summary>Compresses rows to codes.</summary>
    /// <param name="rows">n × <see cref="InputDimensions"/>.</param>
    /// <returns>n × <see cref="Components"/>.</returns>
    /// <exception cref="ArgumentException">The rows have other dimensions, or hold NaN or infinity.</exception>
    public VectorMatrix Encode(VectorMatrix rows)
    {
        Check(rows, InputDimensions);
        return _network.Run(Normalize(rows, _mean, _scale), 0, _network.CodeIndex);
    }

    /// <summary>Reconstructs rows from their codes.</summary>
    /// <param name="codes">n × <see cref="Components"/>.</param>
    /// <returns>n × <see cref="InputDimensions"/>.</returns>
    /// <exception cref="ArgumentException">The codes have other dimensions, or hold NaN or infinity.</exception>
    public VectorMatrix Decode(VectorMatrix codes)
    {
        Check(codes, Components);
        var rows = _network.Run(codes, _network.CodeIndex, _network.Widths.Length - 1);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (row[j] * _scale) + _mean[j];
            }
        }

        return rows;
    }

    /// <summary>The mean squared error between rows and their reconstructions by <see cref="Decode"/>.</summary>
    /// <exception cref="ArgumentException">There are no rows, they have other dimensions, or hold NaN or infinity.</exception>
    public double ReconstructionError(VectorMatrix rows) => ProjectionQuality.ReconstructionError(rows, Decode(Encode(rows)));

    private static VectorMatrix Normalize(VectorMatrix rows, float[] mean, float scale)
    {
        var normalized = new VectorMatrix(rows.Count, rows.Dimensions);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var target = normalized[i];
            for (var j = 0; j < target.Length; j++)
            {
                target[j] = (row[j] - mean[j]) / scale;
            }
        }

        return normalized;
    }

    private static void Check(VectorMatrix rows, int dimensions)
    {
        Inputs.CheckDimensions(rows, dimensions);
        VectorMath.ThrowIfNotFinite(rows.AsSpan());
    }
}

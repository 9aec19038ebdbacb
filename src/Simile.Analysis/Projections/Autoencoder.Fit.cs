using Simile.Analysis.Projections;
using Simile.Numerics;

namespace Simile.Analysis;

/// <content>Training.</content>
public sealed partial class Autoencoder
{
    /// <summary>Trains an autoencoder.</summary>
    /// <param name="rows">At least two vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback; its stage is "training", its unit is epochs.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two rows, a row holds NaN or infinity, or an option is out of its range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static Autoencoder Fit(
        VectorMatrix rows,
        AutoencoderOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new AutoencoderOptions();
        options.Validate();
        if (rows.Count < 2)
        {
            throw new ArgumentException($"{rows.Count} rows are too few to train on: give at least two.", nameof(rows));
        }

        VectorMath.ThrowIfNotFinite(rows.AsSpan());
        float[] mean = [.. ColumnMeans.Of(rows).Select(m => (float)m)];
        var scale = Deviation(rows, mean);
        var network = new DenseNetwork(
            [rows.Dimensions, .. options.Hidden, options.Components, .. options.Hidden.Reverse(), rows.Dimensions],
            options.Hidden.Count + 1,
            options.Activation);
        network.Randomize(options.Seed);
        new DenseTrainer(network, Normalize(rows, mean, scale), options).Run(progress, cancellationToken);
        return new Autoencoder(network, mean, scale);
    }

    // The standard deviation over all components; 1 if the rows do not vary.
    private static float Deviation(VectorMatrix rows, float[] mean)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            for (var j = 0; j < row.Length; j++)
            {
                var difference = (double)row[j] - mean[j];
                sum += difference * difference;
            }
        }

        var deviation = (float)Math.Sqrt(sum / ((double)rows.Count * rows.Dimensions));
        return deviation > 0 && float.IsFinite(deviation) ? deviation : 1;
    }
}

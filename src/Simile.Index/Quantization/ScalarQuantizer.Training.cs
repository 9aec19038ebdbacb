using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <content>Training of the ranges.</content>
public sealed partial class ScalarQuantizer
{
    // A constant dimension still has a step size.
    private const float LeastStep = 1e-30f;

    /// <summary>Trains the ranges of the components, on all cores.</summary>
    /// <param name="vectors">Representative vectors, at least one; of length 1 for cosine.</param>
    /// <param name="options">Null for 8 bits and one range per dimension.</param>
    /// <exception cref="ArgumentException">There are no vectors, one holds NaN or infinity, or an option is out of range.</exception>
    public static ScalarQuantizer Train(VectorMatrix vectors, ScalarQuantizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new ScalarQuantizerOptions();
        options.Validate();
        var sample = Sample.Checked(vectors, options.TrainingVectors, options.Seed);
        var beyond = 1 - (options.Covered ?? (options.Bits == 8 ? 1 : 0.995));
        var (offsets, steps) = (new float[vectors.Dimensions], new float[vectors.Dimensions]);
        var levels = (1 << options.Bits) - 1;
        if (options.Ranges == ScalarRanges.Symmetric)
        {
            var reach = Reach(sample, beyond);
            Array.Fill(offsets, -reach);
            Array.Fill(steps, MathF.Max(LeastStep, 2 * (reach / levels)));
        }
        else
        {
            Parallel.For(0, vectors.Dimensions, j =>
            {
                var (least, greatest) = Range(sample, j, beyond);
                (offsets[j], steps[j]) = (least, MathF.Max(LeastStep, (greatest / levels) - (least / levels)));
            });
        }

        return new ScalarQuantizer(options.Bits, offsets, steps);
    }

    private static (float Least, float Greatest) Range(VectorMatrix sample, int dimension, double beyond)
    {
        var column = new float[sample.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = sample[i][dimension];
        }

        Array.Sort(column);
        var cut = (int)(beyond / 2 * column.Length);
        return (column[cut], column[^(cut + 1)]);
    }

    private static float Reach(VectorMatrix sample, double beyond)
    {
        var sizes = Array.ConvertAll(sample.AsSpan().ToArray(), MathF.Abs);
        Array.Sort(sizes);
        return sizes[^((int)(beyond * sizes.Length) + 1)];
    }
}

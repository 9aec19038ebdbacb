namespace Simile.Analysis;

/// <summary>How well probabilities match outcomes: of all predictions with probability .8, 80 % should be correct.</summary>
/// <param name="Expected">
/// The expected calibration error, in [0, 1]: the mean difference between probability and accuracy over bins, weighted by size (ECE, Naeini
/// et al. 2015).
/// </param>
/// <param name="Greatest">The largest difference of a bin, in [0, 1].</param>
/// <param name="Bins">The non-empty bins, of equal width.</param>
public sealed record CalibrationError(double Expected, double Greatest, IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Measures predictions.</summary>
    /// <param name="probabilities">The probability of each predicted class, in [0, 1].</param>
    /// <param name="correct">Whether each prediction was correct.</param>
    /// <param name="bins">Number of bins, at least 1; 15 as in Guo et al. 2017.</param>
    /// <exception cref="ArgumentException">The lists have different lengths or are empty, or a probability is out of range.</exception>
    public static CalibrationError Measure(IReadOnlyList<float> probabilities, IReadOnlyList<bool> correct, int bins = 15)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(correct);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        Inputs.CheckPair(correct.Count, probabilities.Count);
        var (sums, right, counts) = (new double[bins], new int[bins], new int[bins]);
        for (var i = 0; i < probabilities.Count; i++)
        {
            if (!(probabilities[i] is >= 0 and <= 1))
            {
                throw new ArgumentException($"Probability {i} is {probabilities[i]}: probabilities are from 0 to 1.");
            }

            // A bin includes its upper end: (0, 1/n].
            var bin = Math.Clamp((int)Math.Ceiling(probabilities[i] * bins) - 1, 0, bins - 1);
            (sums[bin], right[bin], counts[bin]) = (sums[bin] + probabilities[i], right[bin] + (correct[i] ? 1 : 0), counts[bin] + 1);
        }

        var filled = Enumerable.Range(0, bins).Where(b => counts[b] > 0)
            .Select(b => new CalibrationBin(sums[b] / counts[b], right[b] / (double)counts[b], counts[b]))
            .ToArray();
        return new(filled.Sum(b => b.Gap * b.Count) / probabilities.Count, filled.Max(b => b.Gap), filled);
    }
}

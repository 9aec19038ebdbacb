namespace Simile.Analysis;

/// <summary>How far probabilities are from what happens: of all predictions made with probability .8, 80 % should be right.</summary>
/// <param name="Expected">The mean distance between probability and accuracy over bins, weighted by how many predictions a bin holds, in [0, 1] (ECE, Naeini et al. 2015).</param>
/// <param name="Greatest">The greatest distance of a bin, in [0, 1].</param>
/// <param name="Bins">Bins of equal width that hold predictions.</param>
public sealed record CalibrationError(double Expected, double Greatest, IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Measures predictions.</summary>
    /// <param name="probabilities">The probability of each predicted class, in [0, 1].</param>
    /// <param name="correct">Whether it was right.</param>
    /// <param name="bins">How many bins the range is cut into, at least 1; 15 as Guo et al. 2017.</param>
    /// <exception cref="ArgumentException">The lists have different lengths or are empty, or a probability is out of its range.</exception>
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

            // A bin holds its upper end, as (0, 1/n] does.
            var bin = Math.Clamp((int)Math.Ceiling(probabilities[i] * bins) - 1, 0, bins - 1);
            (sums[bin], right[bin], counts[bin]) = (sums[bin] + probabilities[i], right[bin] + (correct[i] ? 1 : 0), counts[bin] + 1);
        }

        var filled = Enumerable.Range(0, bins).Where(b => counts[b] > 0).Select(b => new CalibrationBin(sums[b] / counts[b], right[b] / (double)counts[b], counts[b])).ToArray();
        return new(filled.Sum(b => b.Gap * b.Count) / probabilities.Count, filled.Max(b => b.Gap), filled);
    }
}

using Simile.Numerics;

namespace Simile.Audio;

/// <summary>A bank of triangular filters over the frequencies of a transform, evenly spaced in mel.</summary>
public sealed class MelFilters
{
    /// <summary>Builds librosa's filter bank (transformers uses the same).</summary>
    /// <param name="sampleRate">Samples per second.</param>
    /// <param name="fftLength">Samples per transform.</param>
    /// <param name="count">Number of triangles.</param>
    /// <param name="lowest">Start of the first filter in Hz.</param>
    /// <param name="highest">End of the last filter in Hz.</param>
    /// <param name="scale">The mel scale.</param>
    /// <param name="equalArea">Whether every triangle has the same area ("slaney" norm). Otherwise all have the same height.</param>
    /// <exception cref="ArgumentException">There are no filters, or the frequencies do not rise.</exception>
    public MelFilters(
        int sampleRate, int fftLength, int count, double lowest, double highest, MelScale scale = MelScale.Slaney, bool equalArea = true)
    {
        if (count is < 1 or > 1 << 14 || !(lowest < highest) || lowest < 0)
        {
            throw new ArgumentException(
                $"Mel filters need at least one band and frequencies that rise, not {count} from {lowest} to {highest} Hz.");
        }

        var edges = Edges(count, Mel.FromHertz(lowest, scale), Mel.FromHertz(highest, scale));
        Weights = new VectorMatrix(count, (fftLength / 2) + 1);
        for (var i = 0; i < count; i++)
        {
            var (left, middle, right) = (Mel.ToHertz(edges[i], scale), Mel.ToHertz(edges[i + 1], scale), Mel.ToHertz(edges[i + 2], scale));
            var height = equalArea ? 2 / (right - left) : 1;
            Fill(Weights[i], j => (double)j * sampleRate / fftLength, left, middle, right, height);
        }
    }

    private MelFilters(VectorMatrix weights) => Weights = weights;

    /// <summary>Bands × (fftLength / 2 + 1).</summary>
    public VectorMatrix Weights { get; }

    /// <summary>Kaldi's filter bank: triangles in mel, not in hertz, of height 1. The highest frequency has weight 0.</summary>
    internal static MelFilters Kaldi(int sampleRate, int fftLength, int count, double lowest, double highest)
    {
        var weights = new VectorMatrix(count, (fftLength / 2) + 1);
        var edges = Edges(count, Mel.FromHertz(lowest, MelScale.Htk), Mel.FromHertz(highest, MelScale.Htk));
        for (var i = 0; i < count; i++)
        {
            Fill(
                weights[i][..^1],
                j => Mel.FromHertz((double)j * sampleRate / fftLength, MelScale.Htk),
                edges[i],
                edges[i + 1],
                edges[i + 2],
                1);
        }

        return new MelFilters(weights);
    }

    /// <summary>Applies the bank to a spectrogram: frames × bands.</summary>
    /// <param name="spectrogram">Frames × (fftLength / 2 + 1).</param>
    /// <exception cref="ArgumentException">The spectrogram has another number of frequencies.</exception>
    public VectorMatrix Apply(VectorMatrix spectrogram)
    {
        ArgumentNullException.ThrowIfNull(spectrogram);
        var bands = new VectorMatrix(spectrogram.Count, Weights.Count);
        MatrixProduct.TimesTransposed(spectrogram, Weights, bands);
        return bands;
    }

    private static double[] Edges(int count, double lowest, double highest)
    {
        var edges = new double[count + 2];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = lowest + ((highest - lowest) * i / (count + 1));
        }

        return edges;
    }

    private static void Fill(Span<float> row, Func<int, double> place, double left, double middle, double right, double height)
    {
        for (var j = 0; j < row.Length; j++)
        {
            var rising = (place(j) - left) / (middle - left);
            var falling = (right - place(j)) / (right - middle);
            row[j] = (float)(Math.Max(0, Math.Min(rising, falling)) * height);
        }
    }
}

using Simile.Numerics;

namespace Simile.Audio;

/// <summary>A bank of triangles over the frequencies of a transform, evenly spaced in mel.</summary>
public sealed class MelFilters
{
    /// <summary>Makes librosa's bank (the one of transformers too).</summary>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="fftLength">Samples of a transform.</param>
    /// <param name="count">Number of triangles.</param>
    /// <param name="lowest">Where the first begins, in Hz.</param>
    /// <param name="highest">Where the last ends, in Hz.</param>
    /// <param name="scale">The mel scale.</param>
    /// <param name="equalArea">Whether every triangle has the same area ("slaney" norm); else the same height.</param>
    /// <exception cref="ArgumentException">There is no triangle, or the frequencies do not rise.</exception>
    public MelFilters(int sampleRate, int fftLength, int count, double lowest, double highest, MelScale scale = MelScale.Slaney, bool equalArea = true)
    {
        if (count is < 1 or > 1 << 14 || !(lowest < highest) || lowest < 0)
        {
            throw new ArgumentException($"Mel filters need at least one band and frequencies that rise, not {count} from {lowest} to {highest} Hz.");
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

    /// <summary>Kaldi's bank: triangles in mel, not in hertz, of height 1; the highest frequency of all has no weight.</summary>
    internal static MelFilters Kaldi(int sampleRate, int fftLength, int count, double lowest, double highest)
    {
        var weights = new VectorMatrix(count, (fftLength / 2) + 1);
        var edges = Edges(count, Mel.FromHertz(lowest, MelScale.Htk), Mel.FromHertz(highest, MelScale.Htk));
        for (var i = 0; i < count; i++)
        {
            Fill(weights[i][..^1], j => Mel.FromHertz((double)j * sampleRate / fftLength, MelScale.Htk), edges[i], edges[i + 1], edges[i + 2], 1);
        }

        return new MelFilters(weights);
    }

    /// <summary>A spectrogram in bands: frames × bands.</summary>
    /// <param name="spectrogram">Frames × (fftLength / 2 + 1).</param>
    /// <exception cref="ArgumentException">The spectrogram is of another transform.</exception>
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

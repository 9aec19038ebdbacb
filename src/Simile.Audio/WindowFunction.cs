namespace Simile.Audio;

/// <summary>Window functions, which taper the edges of a frame.</summary>
public enum WindowFunction
{
    /// <summary>Hann: ½ − ½ cos.</summary>
    Hann,

    /// <summary>Povey: a Hann window to the power of 0.85. Kaldi's default.</summary>
    Povey,

    /// <summary>Tukey (0.25): flat, with a cosine taper over an eighth of the frame at each end.</summary>
    Tukey,
}

/// <summary>Computes window weights.</summary>
internal static class Windows
{
    /// <param name="window">The window function.</param>
    /// <param name="length">Number of weights.</param>
    /// <param name="periodic">
    /// Whether the weights are periodic: the weight after the last would equal the first. Otherwise they are symmetric.
    /// </param>
    public static double[] Make(WindowFunction window, int length, bool periodic)
    {
        var weights = new double[length];
        var span = Math.Max(1, periodic ? length : length - 1);
        for (var i = 0; i < length; i++)
        {
            weights[i] = window switch
            {
                WindowFunction.Povey => Math.Pow(Hann(i, span), 0.85),
                WindowFunction.Tukey => Tukey(i, span),
                _ => Hann(i, span),
            };
        }

        return weights;
    }

    private static double Hann(double i, double span) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / span));

    private static double Tukey(double i, double span)
    {
        var fade = 0.25 * span / 2;
        var distance = Math.Min(i, span - i);
        return distance >= fade ? 1 : 0.5 * (1 + Math.Cos(Math.PI * ((distance / fade) - 1)));
    }
}

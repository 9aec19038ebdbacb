namespace Simile.Audio;

/// <summary>How the edges of a frame fade.</summary>
public enum WindowFunction
{
    /// <summary>½ − ½ cos.</summary>
    Hann,

    /// <summary>A Hann window to the power of 0.85: Kaldi's own.</summary>
    Povey,

    /// <summary>Flat, with a cosine over an eighth of the frame at each end (Tukey, 0.25).</summary>
    Tukey,
}

/// <summary>The weights of windows.</summary>
internal static class Windows
{
    /// <param name="window">Which.</param>
    /// <param name="length">Number of weights.</param>
    /// <param name="periodic">Whether the weight behind the last one would be the first again; else the last equals the first.</param>
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

using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Power on a logarithmic scale.</summary>
public static class Decibels
{
    /// <summary>10 log₁₀(power / reference), in place.</summary>
    /// <param name="power">Powers; overwritten.</param>
    /// <param name="reference">What is 0 dB.</param>
    /// <param name="floor">What smaller powers count as, over 0.</param>
    /// <param name="range">How far below the loudest value the quietest may be, in dB; null for as far as it is.</param>
    public static void FromPower(VectorMatrix power, double reference = 1, double floor = 1e-10, double? range = 80)
    {
        ArgumentNullException.ThrowIfNull(power);
        var offset = 10 * Math.Log10(Math.Max(floor, reference));
        var loudest = float.NegativeInfinity;
        foreach (ref var value in power.AsSpan())
        {
            value = (float)((10 * Math.Log10(Math.Max(floor, value))) - offset);
            loudest = Math.Max(loudest, value);
        }

        foreach (ref var value in power.AsSpan())
        {
            value = Math.Max(value, loudest - (float)(range ?? double.PositiveInfinity));
        }
    }
}

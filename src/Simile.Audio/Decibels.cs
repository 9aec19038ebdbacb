using Simile.Numerics;

namespace Simile.Audio;

/// <summary>Converts power to decibels.</summary>
public static class Decibels
{
    /// <summary>10 log₁₀(power / reference), in place.</summary>
    /// <param name="power">Powers; overwritten.</param>
    /// <param name="reference">The power that is 0 dB.</param>
    /// <param name="floor">Smaller powers are replaced by this value. Must be above 0.</param>
    /// <param name="range">The largest distance between the loudest and the quietest value, in dB; null for no limit.</param>
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

namespace Simile.Plotting.Drawing;

/// <summary>Colors for groups that are also distinct for color-blind people.</summary>
/// <remarks>
/// The first seven are those of Okabe and Ito (2008) without black, which is invisible on a dark background. The others are chosen
/// greedily: each is as far as possible from all previous colors in CIELAB. The distance is the least of three: normal vision, green-blind
/// and red-blind.
/// </remarks>
internal static class Palette
{
    private const int Longest = 64;
    private const int Steps = 12;

    private static readonly uint[] OkabeIto = [0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0xF0E442];
    private static readonly Lazy<Color[]> Long = new(Extend);
    private static readonly uint[] Viridis =
    [
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725,
    ];

    /// <summary>For points without a group.</summary>
    public static Color NoGroup { get; } = Color.FromHex(0x9A9A9A);

    /// <summary>The color of a group. Colors repeat after 64 groups.</summary>
    public static Color Of(int group) =>
        group < 0 ? NoGroup : group < OkabeIto.Length ? Color.FromHex(OkabeIto[group]) : Long.Value[group % Longest];

    /// <summary>The color of a value from 0 to 1 (viridis, whose lightness is perceptually uniform).</summary>
    public static Color OfValue(float share)
    {
        var at = Math.Clamp(share, 0, 1) * (Viridis.Length - 1);
        var below = Math.Min((int)at, Viridis.Length - 2);
        return Color.FromHex(Viridis[below]).Toward(Color.FromHex(Viridis[below + 1]), at - below);
    }

    private static Color[] Extend()
    {
        var candidates = Candidates();
        var seen = candidates.ConvertAll(Seen);
        var least = Enumerable.Repeat(float.MaxValue, candidates.Count).ToArray();
        var chosen = new List<Color>();
        while (chosen.Count < Longest)
        {
            var next = chosen.Count < OkabeIto.Length
                ? Color.FromHex(OkabeIto[chosen.Count])
                : candidates[Array.IndexOf(least, least.Max())];
            chosen.Add(next);
            var eyes = Seen(next);
            for (var i = 0; i < least.Length; i++)
            {
                least[i] = Math.Min(least[i], Math.Min(
                    seen[i].All.DistanceTo(eyes.All),
                    Math.Min(seen[i].NoGreen.DistanceTo(eyes.NoGreen), seen[i].NoRed.DistanceTo(eyes.NoRed))));
            }
        }

        return [.. chosen];
    }

    private static (Lab All, Lab NoGreen, Lab NoRed) Seen(Color color) =>
        (Lab.Of(color), Lab.WithoutReceptor(color, green: true), Lab.WithoutReceptor(color, green: false));

    // A dot must be visible on white and on black, and must not be gray like the points without a group.
    private static List<Color> Candidates()
    {
        var all = new List<Color>();
        for (var i = 0; i < Steps * Steps * Steps; i++)
        {
            var color = new Color(Level(i % Steps), Level(i / Steps % Steps), Level(i / Steps / Steps));
            var lab = Lab.Of(color);
            if (lab.L is > 35 and < 82 && (lab.A * lab.A) + (lab.B * lab.B) > 20 * 20)
            {
                all.Add(color);
            }
        }

        return all;
    }

    private static byte Level(int step) => (byte)(step * 255 / (Steps - 1));
}

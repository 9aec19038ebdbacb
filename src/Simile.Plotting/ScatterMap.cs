using Simile.Numerics;
using Simile.Plotting.Text;

namespace Simile.Plotting;

/// <summary>Points on a plane with their groups, values, titles and thumbnails: drawn as PNG, SVG, or a page of HTML that needs no network.</summary>
/// <remarks>
/// Row i of <see cref="Positions"/> is point i; its first component is x (to the right), its second y (upward). Both axes have one scale, so that distances
/// show. Not changed by drawing; safe for concurrent use. The same map with the same fonts gives the same bytes.
/// </remarks>
public sealed partial class ScatterMap
{
    /// <summary>A map of points.</summary>
    /// <param name="positions">A point a row; components behind the second are not drawn. Not copied.</param>
    /// <exception cref="ArgumentException">There is no point, there is only one component, or one is not a finite number.</exception>
    public ScatterMap(VectorMatrix positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (positions.Count == 0 || positions.Dimensions < 2)
        {
            throw new ArgumentException(positions.Count == 0 ? "There is no point to draw." : "A point of a map has two components, not one.");
        }

        for (var i = 0; i < positions.Count; i++)
        {
            if (!float.IsFinite(positions[i][0]) || !float.IsFinite(positions[i][1]))
            {
                throw new ArgumentException($"Point {i} is at {positions[i][0]}, {positions[i][1]}: a point of a map needs finite numbers.");
            }
        }

        Positions = positions;
    }

    /// <summary>Where the points are.</summary>
    public VectorMatrix Positions { get; }

    /// <summary>The group of each point, from 0 up; −1 for none. Null where there are no groups.</summary>
    public IReadOnlyList<int>? Groups { get; init; }

    /// <summary>The name of each group; null or shorter for numbers.</summary>
    public IReadOnlyList<string>? GroupNames { get; init; }

    /// <summary>A number of each point that colors it where there are no groups; not finite for none.</summary>
    public IReadOnlyList<float>? Values { get; init; }

    /// <summary>What <see cref="Values"/> are, beside their scale.</summary>
    public string? ValueName { get; init; }

    /// <summary>What each point is called, for search and hover; null where they have no names.</summary>
    public IReadOnlyList<string>? Titles { get; init; }

    /// <summary>The thumbnail of a point as the bytes of a PNG, JPEG, WebP or GIF file; null for none. Called from one thread, only for those that are shown.</summary>
    public Func<int, byte[]?>? Thumbnail { get; init; }

    /// <summary>Size, paper, and what is shown.</summary>
    public ScatterMapOptions Options { get; init; } = new();

    /// <summary>Number of points.</summary>
    public int Count => Positions.Count;

    internal FontLibrary Fonts { get; init; } = FontLibrary.OfMachine;

    internal int GroupCount => Groups is { Count: > 0 } groups ? Math.Max(0, groups.Max() + 1) : 0;

    internal string NameOf(int group) =>
        group < 0 ? "no group" : GroupNames is { } names && group < names.Count ? names[group] : group.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Validate()
    {
        Options.Validate();
        RequireLength("groups", Groups?.Count);
        RequireLength("values", Values?.Count);
        RequireLength("titles", Titles?.Count);
        if (Groups is { } groups && groups.Any(group => group < -1))
        {
            throw new ArgumentException("A group is a number from 0 up, or -1 for none.");
        }
    }

    private void RequireLength(string what, int? count)
    {
        if (count is { } given && given != Count)
        {
            throw new ArgumentException($"There are {given:N0} {what} for {Count:N0} points.");
        }
    }
}

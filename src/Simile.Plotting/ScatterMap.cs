using Simile.Numerics;
using Simile.Plotting.Text;

namespace Simile.Plotting;

/// <summary>
/// Points on a plane with their groups, values, titles and thumbnails: drawn as PNG, SVG, or a page of HTML that needs no network.
/// </summary>
/// <remarks>
/// Row i of <see cref="Positions"/> is point i; its first component is x (to the right), its second y (upward). Both axes have the same
/// scale. Drawing does not change the map, and concurrent use is safe. The same map with the same fonts gives the same bytes.
/// </remarks>
public sealed partial class ScatterMap
{
    /// <summary>A map of points.</summary>
    /// <param name="positions">One point per row; components after the second are ignored. Not copied.</param>
    /// <exception cref="ArgumentException">There are no points, points have only one component, or a component is not finite.</exception>
    public ScatterMap(VectorMatrix positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (positions.Count == 0 || positions.Dimensions < 2)
        {
            throw new ArgumentException(
                positions.Count == 0 ? "A map needs at least one point." : "The points have one component, but need at least two.");
        }

        for (var i = 0; i < positions.Count; i++)
        {
            if (!float.IsFinite(positions[i][0]) || !float.IsFinite(positions[i][1]))
            {
                throw new ArgumentException($"Point {i} is at {positions[i][0]}, {positions[i][1]}: the coordinates must be finite.");
            }
        }

        Positions = positions;
    }

    /// <summary>The positions of the points.</summary>
    public VectorMatrix Positions { get; }

    /// <summary>The group of each point, from 0 up; −1 for none. Null if there are no groups.</summary>
    public IReadOnlyList<int>? Groups { get; init; }

    /// <summary>The name of each group. A group without a name is labeled by its number.</summary>
    public IReadOnlyList<string>? GroupNames { get; init; }

    /// <summary>A value of each point that decides its color if there are no groups; NaN or infinity for no value.</summary>
    public IReadOnlyList<float>? Values { get; init; }

    /// <summary>The label of the color scale of <see cref="Values"/>.</summary>
    public string? ValueName { get; init; }

    /// <summary>The title of each point, for search and hover; null if there are none.</summary>
    public IReadOnlyList<string>? Titles { get; init; }

    /// <summary>
    /// The thumbnail of a point as the bytes of a PNG, JPEG, WebP or GIF file; null for none. Called from one thread, only for points whose
    /// thumbnail is shown.
    /// </summary>
    public Func<int, byte[]?>? Thumbnail { get; init; }

    /// <summary>Size, background, and which parts are shown.</summary>
    public ScatterMapOptions Options { get; init; } = new();

    /// <summary>Number of points.</summary>
    public int Count => Positions.Count;

    internal FontLibrary Fonts { get; init; } = FontLibrary.OfMachine;

    internal int GroupCount => Groups is { Count: > 0 } groups ? Math.Max(0, groups.Max() + 1) : 0;

    internal string NameOf(int group) =>
        group < 0 ? "no group"
        : GroupNames is { } names && group < names.Count ? names[group]
        : group.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Validate()
    {
        Options.Validate();
        RequireLength("groups", Groups?.Count);
        RequireLength("values", Values?.Count);
        RequireLength("titles", Titles?.Count);
        if (Groups is { } groups && groups.Any(group => group < -1))
        {
            throw new ArgumentException("A group must be at least 0, or -1 for none.");
        }
    }

    private void RequireLength(string what, int? count)
    {
        if (count is { } given && given != Count)
        {
            throw new ArgumentException($"The number of {what} is {given:N0}, but must be {Count:N0}, the number of points.");
        }
    }
}

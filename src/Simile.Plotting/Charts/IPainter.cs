using Simile.Plotting.Drawing;

namespace Simile.Plotting.Charts;

/// <summary>Draws one kind of chart.</summary>
internal interface IPainter
{
    /// <summary>Draws in a box.</summary>
    /// <param name="surface">The surface to draw on.</param>
    /// <param name="box">The available area, including axes.</param>
    /// <param name="theme">Colors.</param>
    /// <param name="size">Pixels of an em of text.</param>
    void Paint(Surface surface, Box box, Theme theme, float size);
}

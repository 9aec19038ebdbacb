namespace Simile.Plotting.Drawing;

/// <summary>Which end of a text stands at the place that is named.</summary>
internal enum Anchor
{
    Left,
    Middle,
    Right,
}

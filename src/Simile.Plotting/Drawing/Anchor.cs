namespace Simile.Plotting.Drawing;

/// <summary>Which end of a text is at the given coordinate.</summary>
internal enum Anchor
{
    Left,
    Middle,
    Right,
}

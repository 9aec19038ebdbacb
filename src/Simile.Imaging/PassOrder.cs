namespace Simile.Imaging;

/// <summary>Which of the two passes of a resize goes first. Bytes are rounded between them, so the order shows.</summary>
public enum PassOrder
{
    /// <summary>Across, then down, always: Pillow up to 12.1, with which published checkpoints were trained and evaluated.</summary>
    HorizontalFirst,

    /// <summary>As Pillow 13: down first where the picture loses rows, and more than twice as many as columns.</summary>
    Pillow13,
}

namespace Simile.Imaging;

/// <summary>The order of the two resize passes. It matters because values are rounded to bytes between them.</summary>
public enum PassOrder
{
    /// <summary>Always horizontal first: Pillow up to 12.1. Published checkpoints were trained and evaluated with it.</summary>
    HorizontalFirst,

    /// <summary>As Pillow 13: vertical first if the picture loses more than twice as many rows as columns.</summary>
    Pillow13,
}

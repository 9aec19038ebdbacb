namespace Simile.Imaging;

/// <summary>The resize algorithm. The two differ slightly in their pixels.</summary>
public enum ImageBackend
{
    /// <summary>Equal to Pillow's resize, byte for byte.</summary>
    Pillow,

    /// <summary>
    /// torchvision on tensors. torchvision's presets resize in float32 and round once, at the end. transformers' processors round between
    /// the two passes, horizontal first; that differs by at most 2 levels in 1 % of the bytes from Pillow's old order, so it is computed
    /// that way.
    /// </summary>
    TorchVision,
}

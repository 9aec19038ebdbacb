namespace Simile.Imaging;

/// <summary>What the library computes with: the two give slightly different pixels.</summary>
public enum ImageBackend
{
    /// <summary>Pillow's resize, to the byte.</summary>
    Pillow,

    /// <summary>
    /// torchvision on tensors. torchvision's own presets resize in float32 and round once, at the end; transformers' processors round between
    /// the passes, across first, which is within 2 levels and 1 % of the bytes of Pillow's old order and computed as that.
    /// </summary>
    TorchVision,
}

namespace Simile.Imaging;

/// <summary>The library whose conventions apply, where they differ.</summary>
public enum ImageLibrary
{
    /// <summary>transformers: a crop offset is half the difference, rounded down. Pixels are multiplied by a factor.</summary>
    Transformers,

    /// <summary>torchvision and timm: a crop offset is half the difference, rounded half to even. Pixels are divided by 255.</summary>
    TorchVision,
}

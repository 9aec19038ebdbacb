namespace Simile.Imaging;

/// <summary>Whose rules a picture is made ready by, where the libraries differ.</summary>
public enum ImageLibrary
{
    /// <summary>transformers: a crop begins at half the difference, rounded down; numbers are rescaled by a factor.</summary>
    Transformers,

    /// <summary>torchvision and timm: a crop begins at half the difference, rounded to the nearest, halves to even; numbers are divided by 255.</summary>
    TorchVision,
}

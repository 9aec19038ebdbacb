namespace Simile.Imaging;

/// <summary>What becomes of a file's alpha channel.</summary>
public enum AlphaMode
{
    /// <summary>It is left out, and the colours of clear pixels show: what transformers does with the path of a picture.</summary>
    Drop,

    /// <summary>The picture is laid on white: what transformers 5.23 does with a picture that is already open, where it converts to RGB.</summary>
    White,

    /// <summary>It is kept: the picture has 4 channels, whether the file had alpha or not.</summary>
    Keep,
}

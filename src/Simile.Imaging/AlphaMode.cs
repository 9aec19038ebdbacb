namespace Simile.Imaging;

/// <summary>How a file's alpha channel is treated.</summary>
public enum AlphaMode
{
    /// <summary>Alpha is dropped; transparent pixels show their stored colors. transformers does this for the path of a picture.</summary>
    Drop,

    /// <summary>
    /// The picture is blended onto white. transformers 5.23 does this for a picture that is already open when it converts to RGB.
    /// </summary>
    White,

    /// <summary>Alpha is kept. The picture always has 4 channels.</summary>
    Keep,
}

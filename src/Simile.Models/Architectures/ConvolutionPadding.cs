namespace Simile.Models.Architectures;

/// <summary>Zeros around what is convolved.</summary>
internal enum ConvolutionPadding
{
    /// <summary>Half the kernel on each side: PyTorch's usual way.</summary>
    Symmetric,

    /// <summary>None.</summary>
    Valid,

    /// <summary>As TensorFlow's SAME: as many as the size needs, the odd one at the right and bottom.</summary>
    Same,

    /// <summary>Half the kernel at the right and bottom, one less at the left and top (EfficientNet in transformers).</summary>
    Late,
}

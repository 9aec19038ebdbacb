namespace Simile.Models.Architectures;

/// <summary>The zero padding of a convolution.</summary>
internal enum ConvolutionPadding
{
    /// <summary>Half the kernel on each side: PyTorch's default.</summary>
    Symmetric,

    /// <summary>No padding.</summary>
    Valid,

    /// <summary>TensorFlow's SAME: as much as the output size needs, with the odd row and column at the right and bottom.</summary>
    Same,

    /// <summary>Half the kernel at the right and bottom, one less at the left and top (EfficientNet in transformers).</summary>
    Late,
}

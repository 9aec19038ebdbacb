namespace Simile.Index;

/// <summary>The number type of the vectors in a <see cref="FlatIndex"/>.</summary>
public enum RowType
{
    /// <summary>Single precision, 4 bytes, without loss.</summary>
    Float32,

    /// <summary>Half precision, 2 bytes: 11 significant bits per component; numbers beyond ±65,504 are clamped.</summary>
    Float16,

    /// <summary>
    /// 1 byte: the nearest of 256 levels between the smallest and the largest component of the vector, plus 8 bytes per vector. Numbers
    /// beyond ±1.6·10³⁸ are clamped.
    /// </summary>
    Int8,

    /// <summary>1 bit: whether the component is greater than 0. Only for the Hamming metric, which counts differing bits.</summary>
    Binary,
}

namespace Simile.Index;

/// <summary>What a <see cref="FlatIndex"/> keeps the components of its vectors as.</summary>
public enum RowType
{
    /// <summary>Single precision, 4 bytes: nothing is lost.</summary>
    Float32,

    /// <summary>Half precision, 2 bytes: 11 bits of each component stay, numbers beyond ±65,504 become that.</summary>
    Float16,

    /// <summary>1 byte: the nearest of 256 steps between the least and the greatest component of the vector; 8 more bytes a vector. Numbers beyond ±1.6·10³⁸ become that.</summary>
    Int8,

    /// <summary>1 bit: whether the component is greater than 0. Only under the Hamming metric, which counts bits that differ.</summary>
    Binary,
}

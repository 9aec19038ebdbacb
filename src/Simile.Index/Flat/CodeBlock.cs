namespace Simile.Index.Flat;

/// <summary>Rows as bytes, with data for bounds: row x is x̂ + r, where x̂ = offset + step · byte in each component.</summary>
/// <param name="bytes">Adjacent rows.</param>
/// <param name="offsets">One per row.</param>
/// <param name="steps">One per row.</param>
/// <param name="errors">An upper bound of |r|.</param>
/// <param name="lengths">
/// |x̂|² under L2, otherwise an upper bound of |x|. NaN if the square would overflow, so that every test passes.
/// </param>
internal readonly unsafe struct CodeBlock(byte* bytes, float* offsets, float* steps, float* errors, float* lengths)
{
    /// <summary>Maximum number of rows per block.</summary>
    public const int Rows = 64;

    /// <summary>Floats of scratch memory for <see cref="NumberRows.CodesOf"/>.</summary>
    public const int Memory = 4 * Rows;

    public readonly byte* Bytes = bytes;
    public readonly float* Offsets = offsets;
    public readonly float* Steps = steps;
    public readonly float* Errors = errors;
    public readonly float* Lengths = lengths;
}

namespace Simile.Index.Flat;

/// <summary>Some rows as bytes, and what bounds need of each: row x is x̂ + r, x̂ = offset + step · byte in each component.</summary>
/// <param name="bytes">Rows that follow each other.</param>
/// <param name="offsets">A number for each row.</param>
/// <param name="steps">A number for each row.</param>
/// <param name="errors">At least |r|.</param>
/// <param name="lengths">|x̂|² under L2, at least |x| under the others; NaN where lengths are too great to be squared, which lets every test pass.</param>
internal readonly unsafe struct CodeBlock(byte* bytes, float* offsets, float* steps, float* errors, float* lengths)
{
    /// <summary>Most rows of a block.</summary>
    public const int Rows = 64;

    /// <summary>Floats that <see cref="NumberRows.CodesOf"/> may need to put numbers together in.</summary>
    public const int Memory = 4 * Rows;

    public readonly byte* Bytes = bytes;
    public readonly float* Offsets = offsets;
    public readonly float* Steps = steps;
    public readonly float* Errors = errors;
    public readonly float* Lengths = lengths;
}

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>The same tokenizer with another policy for special tokens that stand in texts. It shares everything else.</summary>
    /// <remarks>Where a text holds a token that is refused, encoding and counting throw an <see cref="ArgumentException"/> that names it.</remarks>
    public Tokenizer With(SpecialTokenPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new Tokenizer(_pipeline.With(policy), _spare, Truncation, Padding);
    }
}

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>The same tokenizer with another policy for special tokens in texts. All other state is shared.</summary>
    /// <remarks>If a text contains a refused token, encoding and counting throw an <see cref="ArgumentException"/> that names it.</remarks>
    public Tokenizer With(SpecialTokenPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new Tokenizer(_pipeline.With(policy), _spare, Truncation, Padding);
    }
}

namespace Simile.Tokenizers.Decoders;

/// <summary>Turns tokens back into text, token by token; the results are joined without anything between.</summary>
internal abstract class Decoder
{
    /// <summary>Changes the tokens in place or replaces the list's content.</summary>
    public abstract void Decode(List<string> tokens);
}

namespace Simile.Tokenizers.Decoders;

/// <summary>The first step of decoding, with its state: passes on the tokens of ids.</summary>
internal abstract class IdDecoder
{
    /// <exception cref="ArgumentException">The id does not exist, and the reference refuses it too.</exception>
    public abstract void Add(int id);

    /// <summary>There are no more ids.</summary>
    public abstract void Finish();
}

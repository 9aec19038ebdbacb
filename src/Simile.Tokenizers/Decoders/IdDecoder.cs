namespace Simile.Tokenizers.Decoders;

/// <summary>The beginning of the way back, with the state of one decoding: gives the tokens of ids on.</summary>
internal abstract class IdDecoder
{
    /// <exception cref="ArgumentException">There is no such id, and the reference refuses it too.</exception>
    public abstract void Add(int id);

    /// <summary>There are no more ids.</summary>
    public abstract void Finish();
}

using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Rewrites a text before it is split into tokens. Stateless.</summary>
internal abstract class Normalizer
{
    public abstract void Normalize(AlignedText text);

    /// <summary>Whether the text stays unchanged. False if this is unknown without trying.</summary>
    public virtual bool LeavesAlone(ReadOnlySpan<char> text) => false;

    /// <summary>The normalized form of a string.</summary>
    public string Normalize(string text)
    {
        var aligned = new AlignedText();
        aligned.Load(text, 0, tracks: false);
        Normalize(aligned);
        return aligned.Chars.ToString();
    }
}

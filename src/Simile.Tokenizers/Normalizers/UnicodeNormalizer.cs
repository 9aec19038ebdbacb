using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>NFC, NFD, NFKC and NFKD of Unicode 9, as in the reference.</summary>
internal sealed class UnicodeNormalizer(bool compatible, bool compose) : Normalizer
{
    // Below U+0300 nothing composes, and every canonical form is the character itself.
    public override bool LeavesAlone(ReadOnlySpan<char> text) =>
        compose && !compatible ? !text.ContainsAnyExceptInRange('\0', '\u02FF') : System.Text.Ascii.IsValid(text);

    public override void Normalize(AlignedText text)
    {
        if (LeavesAlone(text.Chars))
        {
            return;
        }

        var buffers = NormalizationBuffers.Take();
        for (var i = 0; i < text.Length;)
        {
            buffers.Points.Add(text.CodePointAt(i, out var units));
            buffers.Sources.Add(i);
            i += units;
        }

        Normalization.Decompose(buffers, compatible);
        if (compose)
        {
            Normalization.Compose(buffers);
        }

        Apply(text, compose ? buffers.Composed : buffers.Decomposed, buffers.Sources);
    }

    private bool IsStable(AlignedText text)
    {
        var stable = StableCodePoints.Of(compatible, compose);
        for (var i = 0; i < text.Length;)
        {
            if (!stable.Contains(text.CodePointAt(i, out var units)))
            {
                return false;
            }

            i += units;
        }

        return true;
    }

    // As in the tokenizers library: an inserted code point gets the position of the last one that was taken from the old text.
    internal static void Apply(AlignedText text, List<(int CodePoint, int Change)> changes, List<int> sources)
    {
        text.Rewrite();
        var next = 0;
        foreach (var (codePoint, change) in changes)
        {
            if (change > 0)
            {
                text.PutCodePoint(codePoint, next == 0 ? -1 : sources[next - 1]);
                continue;
            }

            text.PutCodePoint(codePoint, sources[Math.Min(next, sources.Count - 1)]);
            next += 1 - change;
        }

        text.Commit();
    }
}

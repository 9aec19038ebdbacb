using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Runs normalizers one after another.</summary>
internal sealed class SequenceNormalizer(Normalizer[] normalizers) : Normalizer
{
    /// <summary>The normalizers in order.</summary>
    public IReadOnlyList<Normalizer> Parts => normalizers;

    public override bool LeavesAlone(ReadOnlySpan<char> text)
    {
        foreach (var normalizer in normalizers)
        {
            if (!normalizer.LeavesAlone(text))
            {
                return false;
            }
        }

        return true;
    }

    public override void Normalize(AlignedText text)
    {
        foreach (var normalizer in normalizers)
        {
            normalizer.Normalize(text);
        }
    }
}

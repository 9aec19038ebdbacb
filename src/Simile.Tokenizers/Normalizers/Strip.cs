using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Strips white space at the ends.</summary>
internal sealed class Strip(bool left, bool right) : Normalizer
{
    public override void Normalize(AlignedText text)
    {
        var start = 0;
        var end = text.Length;
        while (left && start < end && Characters.IsWhiteSpace(text.Chars[start]))
        {
            start++;
        }

        while (right && end > start && Characters.IsWhiteSpace(text.Chars[end - 1]))
        {
            end--;
        }

        text.Slice(start, end);
    }
}

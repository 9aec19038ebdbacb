using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>Removes control characters. Line breaks, tabs, zero-width characters, ▁ and U+FFFD become spaces.</summary>
internal sealed class Nmt : Normalizer
{
    public override void Normalize(AlignedText text)
    {
        text.Rewrite();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text.Chars[i];
            if (!IsRemoved(c))
            {
                text.Put(IsSpace(c) ? ' ' : c, i);
            }
        }

        text.Commit();
    }

    /// <summary>The removed characters.</summary>
    public static bool IsRemoved(int c) =>
        c is (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F;

    /// <summary>The characters that become spaces.</summary>
    public static bool IsSpace(int c) =>
        c is 0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD;
}

using System.Text;
using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>
/// Replaces every UTF-8 byte of the text by its letter (<see cref="ByteAlphabet"/>). Each letter has the position of its character.
/// </summary>
internal sealed class ByteLevelNormalizer : Normalizer
{
    public override void Normalize(AlignedText text)
    {
        text.Rewrite();
        for (var i = 0; i < text.Length;)
        {
            i += PutLetters(text, i);
        }

        text.Commit();
    }

    /// <summary>Writes the letters of the character at unit i.</summary>
    /// <returns>The number of its units.</returns>
    public static int PutLetters(AlignedText text, int i)
    {
        Span<byte> bytes = stackalloc byte[4];
        var rune = new Rune(text.CodePointAt(i, out var units));
        foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Put(ByteAlphabet.ToLetter(value), i);
        }

        return units;
    }
}

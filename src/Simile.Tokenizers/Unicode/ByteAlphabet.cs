namespace Simile.Tokenizers.Unicode;

/// <summary>
/// GPT-2's letters for bytes: printable Latin-1 characters stand for themselves, the other 68 bytes start at U+0100. A space is Ġ.
/// </summary>
internal static class ByteAlphabet
{
    /// <summary>One more than the largest letter.</summary>
    public const int End = 0x100 + 68;

    /// <summary>The letter of a space: Ġ.</summary>
    public const char Space = '\u0120';

    private static readonly char[] Letters = MakeLetters();
    private static readonly short[] Bytes = MakeBytes();

    /// <summary>The letter of a byte.</summary>
    public static char ToLetter(byte value) => Letters[value];

    /// <summary>The byte of a letter, or -1.</summary>
    public static int ToByte(char letter) => letter < End ? Bytes[letter] : -1;

    private static char[] MakeLetters()
    {
        var letters = new char[256];
        var next = (char)0x100;
        for (var value = 0; value < 256; value++)
        {
            var isPrintable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            letters[value] = isPrintable ? (char)value : next++;
        }

        return letters;
    }

    private static short[] MakeBytes()
    {
        var bytes = new short[End];
        Array.Fill(bytes, (short)-1);
        for (var value = 0; value < 256; value++)
        {
            bytes[Letters[value]] = (short)value;
        }

        return bytes;
    }
}

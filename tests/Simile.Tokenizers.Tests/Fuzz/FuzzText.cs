using System.Text;

namespace Simile.Tokenizers.Tests.Fuzz;

/// <summary>Texts of all planes, with halves of surrogates, runs of combining marks, controls, and bits of real text.</summary>
internal static class FuzzText
{
    private static readonly string[] Parts =
    [
        "The quick brown fox", "don't WE'LL they'Re", " \t\r\n\n ", "3.14159 1234567890",
        "naïve café İstanbul ß", "日本語のテキスト", "한국어 각각", "नमस्ते ก็ดี",
        "שָׁלוֹם مرحبا", "👩‍💻🏳️‍🌈🇩🇪", "[MASK][CLS]", "<s></s><unk>", "<|endoftext|>",
        "<|fim_prefix|>", "▁▁a", "##ing", "Ġthe Ċ", "<0x0A>", "ﬁ½①Ａ", "\u0085\u2028\u3000\u00a0",
        "def f(x):\n    return x\n", "https://a.b/c?d=e&f", "ſK\u212a\u0130", "\u0e33\u0eb3\u1112\u1161\u11ab",
    ];

    public static string Next(Random random, int length)
    {
        var text = new StringBuilder(length + 32);
        while (text.Length < length)
        {
            Append(text, random);
        }

        for (var n = random.Next(4); n > 0 && text.Length > 0; n--)
        {
            text[random.Next(text.Length)] = (char)random.Next(0x10000);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Random random)
    {
        switch (random.Next(9))
        {
            case 0:
                text.Append((char)random.Next(0x10000));
                break;
            case 1:
                text.Append(new Rune(random.Next(0x10000, 0x110000)).ToString());
                break;
            case 2:
                text.Append((char)random.Next(0x20));
                break;
            case 3:
                text.Append((char)random.Next(0x300, 0x370), 1 + random.Next(1 << random.Next(6)));
                break;
            case 4:
                text.Append((char)('a' + random.Next(26)), 1 + random.Next(1 << random.Next(7)));
                break;
            case 5:
                text.Append((char)random.Next(0x20, 0x7F));
                break;
            case 6:
                text.Append((char)(0xD800 + random.Next(0x800)));
                break;
            default:
                var part = Parts[random.Next(Parts.Length)];
                text.Append(part.AsSpan(random.Next(4) == 0 ? random.Next(part.Length) : 0));
                break;
        }
    }
}

using System.Text;

namespace WorstCases;

/// <summary>Texts that slow tokenizers down, of any length.</summary>
internal static class Texts
{
    public static readonly (string Name, Func<int, string> Make)[] All =
    [
        ("letters without a space", length => Random(length, "etaoinshrdlucmfwypvbgkjqxz")),
        ("equal letters", length => new string('a', length)),
        ("spaces", length => new string(' ', length)),
        ("line breaks", length => new string('\n', length)),
        ("combining marks", length => "a" + new string('\u0301', length - 1)),
        ("combining marks of many classes", length => "a" + Random(length - 1, "\u0301\u0327\u0345\u05b0\u093c\u3099\u302a")),
        ("digits", length => new string('7', length)),
        ("quotes", length => new string('\'', length)),
        ("Chinese", length => Random(length, "的一是不了人我在有他这中大来上国")),
        ("emoji and joiners", length => Repeat("\ud83d\udc69\u200d\ud83d\udcbb", length)),
        ("▁", length => new string('\u2581', length)),
        ("beginnings of added tokens", length => Repeat("<|end<s[MASK", length)),
        ("text", length => Repeat("The quick brown fox jumps over the lazy dog, 27 times. ", length)),
    ];

    private static string Random(int length, string letters)
    {
        var random = new Random(1);
        return string.Create(length, (random, letters), static (span, state) =>
        {
            foreach (ref var unit in span)
            {
                unit = state.letters[state.random.Next(state.letters.Length)];
            }
        });
    }

    private static string Repeat(string part, int length)
    {
        var text = new StringBuilder(length + part.Length);
        while (text.Length < length)
        {
            text.Append(part);
        }

        return text.ToString();
    }
}

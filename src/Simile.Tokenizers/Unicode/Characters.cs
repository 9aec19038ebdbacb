namespace Simile.Tokenizers.Unicode;

/// <summary>Properties of single code points as the reference defines them.</summary>
internal static class Characters
{
    private static readonly Lazy<CodePointSet> Word = new(() => new CodePointSet(Properties.RustWord));
    private static readonly Lazy<CodePointSet> LoadedNumeric = new(() => new CodePointSet(Properties.Numeric));
    private static readonly Lazy<CodePointSet> LoadedPunctuation =
        new(() => new CodePointSet(CodePointRanges.Union(Tables.Punctuation.Ranges, CodePointRanges.Parse("21-2F 3A-40 5B-60 7B-7E"))));

    // The offset to the lower case form.
    private static readonly Lazy<CodePointMap<int>> Lower = new(() => new CodePointMap<int>(Properties.Lower));

    /// <summary>The characters that Digits splits at: Rust's char::is_numeric, numbers of every kind.</summary>
    public static CodePointSet Numeric => LoadedNumeric.Value;

    /// <summary>The characters that Punctuation splits at: <see cref="IsPunctuation"/>.</summary>
    public static CodePointSet Punctuation => LoadedPunctuation.Value;

    /// <summary>Rust's char::is_whitespace: 25 code points, the same as .NET's.</summary>
    public static bool IsWhiteSpace(int c) => c <= char.MaxValue && char.IsWhiteSpace((char)c);

    /// <summary>Punctuation for BertPreTokenizer and Punctuation: all ASCII symbols, and category P of Unicode 8.</summary>
    public static bool IsPunctuation(int c) => c < 128 ? IsAsciiPunctuation(c) : Tables.Punctuation.Contains(c);

    public static bool IsAsciiPunctuation(int c) => c is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126);

    /// <summary>Removed by BertNormalizer's clean_text.</summary>
    public static bool IsControl(int c) => c switch
    {
        '\t' or '\n' or '\r' => false,
        < 32 or (>= 127 and < 160) or 0xFFFD => true,
        < 0xAD => false,
        (>= 0xE000 and <= 0xF8FF) or (>= 0xF0000 and <= 0xFFFFD) or >= 0x100000 => (c & 0xFFFE) != 0xFFFE,
        _ => Tables.Format.Contains(c),
    };

    /// <summary>BertNormalizer's handle_chinese_chars.</summary>
    public static bool IsChinese(int c) => c is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    /// <summary>\w of Rust's regex: alphabetic, mark, decimal digit, connector or joiner.</summary>
    public static bool IsWord(int c) => c < 128 ? char.IsAsciiLetterOrDigit((char)c) || c == '_' : Word.Value.Contains(c);

    /// <summary>Rust's char::to_lowercase if the result is one character. İ (U+0130) becomes two, which the caller handles.</summary>
    public static int ToLower(int c) => c < 128 ? (c is >= 'A' and <= 'Z' ? c | 0x20 : c) : c + Lower.Value[c];
}

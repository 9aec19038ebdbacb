using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Tests.Unicode;

public class NormalizationTests
{
    [Theory]
    [InlineData("é", "e\u0301", "é", "e\u0301", "é")]
    [InlineData("e\u0301", "e\u0301", "é", "e\u0301", "é")]
    [InlineData("a\u0323\u0307", "a\u0323\u0307", "ạ\u0307", "a\u0323\u0307", "ạ\u0307")]
    [InlineData("a\u0307\u0323", "a\u0323\u0307", "ạ\u0307", "a\u0323\u0307", "ạ\u0307")]
    [InlineData("각", "\u1100\u1161\u11A8", "각", "\u1100\u1161\u11A8", "각")]
    [InlineData("ﬁ ½ Ⅷ", "ﬁ ½ Ⅷ", "ﬁ ½ Ⅷ", "fi 1\u20442 VIII", "fi 1\u20442 VIII")]
    [InlineData("\u0344 \u2126", "\u0308\u0301 Ω", "\u0308\u0301 Ω", "\u0308\u0301 Ω", "\u0308\u0301 Ω")]
    [InlineData("㋿", "㋿", "㋿", "㋿", "㋿")]
    public void Forms_follow_Unicode_9(string text, string nfd, string nfc, string nfkd, string nfkc)
    {
        Assert.Equal(nfd, new UnicodeNormalizer(compatible: false, compose: false).Normalize(text));
        Assert.Equal(nfc, new UnicodeNormalizer(compatible: false, compose: true).Normalize(text));
        Assert.Equal(nfkd, new UnicodeNormalizer(compatible: true, compose: false).Normalize(text));
        Assert.Equal(nfkc, new UnicodeNormalizer(compatible: true, compose: true).Normalize(text));
    }

    [Fact]
    public void Lower_case_goes_letter_by_letter() => Assert.Equal("i\u0307σασσ\ud801\udc28", new Lowercase().Normalize("İΣΑΣς\ud801\udc00".Replace('ς', 'Σ')));

    [Fact]
    public void Accents_are_stripped_with_spacing_marks() => Assert.Equal("क e", new StripAccents().Normalize("का e\u0301"));

    [Fact]
    public void Sets_hold_what_their_version_held()
    {
        Assert.True(Characters.IsPunctuation('$'));
        Assert.True(Characters.IsPunctuation('。'));
        Assert.False(Characters.IsPunctuation(0x2E5D));
        Assert.True(Characters.IsControl(0x200D));
        Assert.False(Characters.IsControl('\n'));
        Assert.False(Tables.NonSpacing.Contains(0x1E944));
        Assert.True(Characters.IsWord(0x20000));
    }
}

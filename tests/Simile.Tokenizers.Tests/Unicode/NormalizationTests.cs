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

    // The classes 220 and 230 in turn: what is not linear here would not end.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_million_marks_are_put_in_order(bool compatible, bool compose)
    {
        const int Half = 500_000;
        var text = "e" + string.Concat(Enumerable.Repeat("\u0305\u0330", Half));
        var expected = "e" + new string('\u0330', Half) + new string('\u0305', Half);
        Assert.Equal(compose ? "\u1E1B" + expected[2..] : expected, new UnicodeNormalizer(compatible, compose).Normalize(text));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void What_is_called_stable_stays_as_it_is_beside_anything_stable(bool compatible, bool compose)
    {
        var random = new Random(5);
        var stable = Enumerable.Range(0, 0x110000).Where(c => c is < 0xD800 or > 0xDFFF)
            .Where(StableCodePoints.Of(compatible, compose).Contains)
            .ToArray();
        random.Shuffle(stable);
        Assert.InRange(stable.Length, 1_000_000, 0x10F7FF);
        var buffers = new NormalizationBuffers();
        buffers.Points.AddRange(stable);
        Normalization.Decompose(buffers, compatible);
        Normalization.Compose(buffers);
        Assert.Equal(stable, (compose ? buffers.Composed : buffers.Decomposed).Select(p => p.CodePoint));
    }

    [Fact]
    public void Lower_case_goes_letter_by_letter() =>
        Assert.Equal("i\u0307σασσ\ud801\udc28", new Lowercase().Normalize("İΣΑΣς\ud801\udc00".Replace('ς', 'Σ')));

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

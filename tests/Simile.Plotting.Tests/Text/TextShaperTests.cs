using Simile.Plotting.Text;

namespace Simile.Plotting.Tests.Text;

public class TextShaperTests
{
    [Theory]
    [InlineData("猫と犬")]
    [InlineData("한국어")]
    [InlineData("中文新闻")]
    [InlineData("العربية")]
    [InlineData("ภาษาไทย")]
    public void Scripts_have_glyphs_where_the_machine_has_fonts(string text)
    {
        var shaper = new TextShaper(FontLibrary.OfMachine);
        var shaped = shaper.Shape(text, 20);
        Assert.SkipWhen(shaper.Warnings.Count > 0, "This machine has no font for it.");
        Assert.All(shaped.Runs, run => Assert.DoesNotContain((ushort)0, run.Glyphs));
        Assert.InRange(shaped.Width, 20, 20 * text.Length * 1.2f);
    }

    [Fact]
    public void Arabic_letters_are_joined_and_run_leftward()
    {
        var shaper = new TextShaper(FontLibrary.OfMachine);
        var joined = shaper.Shape("ببب", 20);
        Assert.SkipWhen(shaper.Warnings.Count > 0, "This machine has no Arabic font.");
        var glyphs = Assert.Single(joined.Runs).Glyphs.Where(glyph => glyph != Assert.Single(shaper.Shape("ب", 20).Runs).Glyphs[0]);
        Assert.NotEmpty(glyphs); // the forms between others are not those of letters alone
    }

    [Fact]
    public void Missing_characters_take_room_and_are_named_once()
    {
        using var none = new FontLibrary([], asksSystem: false);
        var shaper = new TextShaper(none);
        var shaped = shaper.Shape("猫猫 犬\U0001F600", 20);
        Assert.True(shaped.Width > 4 * 10);
        Assert.Equal([0x732B, 0x732B, ' ', 0x72AC, 0x1F600], shaped.Runs.SelectMany(run => run.Missing));
        Assert.Contains("U+72AC, U+732B, U+1F600", Assert.Single(shaper.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void A_long_line_is_cut_to_a_width(float width)
    {
        var shaper = new TextShaper(FontLibrary.OfMachine);
        var cut = shaper.ShapeToFit("a long line of text that goes on 👩‍👩‍👧 and on", 20, width);
        Assert.True(cut.Width <= width);
        Assert.Equal(width < 1000, cut.Text.EndsWith('…'));
    }

    [Fact]
    public void What_is_no_character_is_replaced()
    {
        Assert.Equal("a b c", Printable.Of("a\u0007b\nc"));
        Assert.Equal("\uFFFDx\uFFFD", Printable.Of("\ud800x\uffff"));
    }
}

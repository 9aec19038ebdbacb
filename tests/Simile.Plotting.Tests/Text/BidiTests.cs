using Simile.Plotting.Text;

namespace Simile.Plotting.Tests.Text;

public class BidiTests
{
    // Hebrew letters represent right-to-left text. The expected text is in visual order, from left to right.
    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("אבג", "גבא")]
    [InlineData("abc אבג def", "abc גבא def")]
    [InlineData("אבג abc דהו", "והד abc גבא")]
    [InlineData("אבג 1,234 דהו", "והד 1,234 גבא")]
    [InlineData("abc אבג דהו 12", "abc 12 והד גבא")]
    [InlineData("אבג 12", "12 גבא")]
    [InlineData("", "")]
    public void Parts_stand_as_they_are_read(string text, string page) =>
        Assert.Equal(page, string.Concat(Bidi.Visual(text)
            .Select(run => run.IsRightToLeft ? Reverse(text.Substring(run.Start, run.Length)) : text.Substring(run.Start, run.Length))));

    private static string Reverse(string text) => string.Concat(text.Reverse());
}

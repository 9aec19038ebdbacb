using Simile.Passages;

namespace Simile.Tests.Passages;

public class SentencesTests
{
    [Theory]
    [InlineData("Tea is hot. Ice is cold. Snow?", "Tea is hot.| Ice is cold.| Snow?")]
    [InlineData("Mr. Smith met Dr. Jones at 3 p.m. today. Then he left.", "Mr. Smith met Dr. Jones at 3 p.m. today.| Then he left.")]
    [InlineData("It costs 3.50 or so. \"Really?\" she said. (Yes.) End", "It costs 3.50 or so.| \"Really?\" she said.| (Yes.)| End")]
    [InlineData("e.g. this, z.B. das, J. R. Tolkien wrote. Yes", "e.g. this, z.B. das, J. R. Tolkien wrote.| Yes")]
    [InlineData("鸵鸟不会飞。它跑得快！真的吗？是", "鸵鸟不会飞。|它跑得快！|真的吗？|是")]
    [InlineData("「行こう。」と言った。次", "「行こう。」|と言った。|次")]
    [InlineData("Wait... what?! No way... Yes", "Wait... what?!| No way...| Yes")]
    [InlineData("no end", "no end")]
    [InlineData("", "")]
    public void Text_is_cut_behind_sentences(string text, string expected)
    {
        var parts = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = Sentences.EndOf(text, start);
            parts.Add(text[start..end]);
            start = end;
        }

        Assert.Equal(expected, string.Join('|', parts));
    }
}

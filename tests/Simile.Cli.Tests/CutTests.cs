using Spectre.Console;

namespace Simile.Cli.Tests;

public class CutTests
{
    [Theory]
    [InlineData("notes/birds.md", 20, "notes/birds.md")]
    [InlineData("notes/birds.md", 14, "notes/birds.md")]
    [InlineData("notes/birds.md", 13, "…tes/birds.md")]
    [InlineData("notes/birds.md", 1, "…")]
    [InlineData("照片/猫.png", 11, "照片/猫.png")]
    [InlineData("照片/猫.png", 10, "…片/猫.png")]
    [InlineData("照片/猫.png", 9, "…/猫.png")]
    [InlineData("", 5, "")]
    public void A_path_keeps_its_end(string path, int width, string cut)
    {
        Assert.Equal(cut, Cut.LeftToWidth(path, width));
        Assert.True(cut.GetCellWidth() <= width);
    }

    [Theory]
    [InlineData("one  two\nthree", 9, "one two …")]
    [InlineData("哪种鸟不会飞", 7, "哪种鸟…")]
    [InlineData("😀😀😀", 5, "😀😀…")]
    public void A_text_keeps_its_beginning(string text, int width, string cut) => Assert.Equal(cut, Cut.ToWidth(text, width));
}

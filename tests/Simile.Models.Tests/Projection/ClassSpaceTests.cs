using Simile.Models.Projection;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Projection;

public class ClassSpaceTests
{
    [Fact]
    public void A_thing_lies_between_its_strongest_classes()
    {
        var space = new ClassSpace(new VectorMatrix(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }, 3), 0.2f);
        var vector = new float[3];
        space.Place([0.64f, 0.36f, 0], vector);
        Assert.Equal([0.8f, 0.6f, 0], vector);
        space.Place([0, 0, 0], vector);
        Assert.Equal([0, 0, 0], vector);
    }

    [Fact]
    public void What_is_unrelated_scores_as_unrelated_texts_and_what_is_the_same_scores_one()
    {
        var space = new ClassSpace(new VectorMatrix(new float[] { 1, 0, 0.6f, 0.8f }, 2), 0.2f);
        Assert.Equal(0.6f, ClassSpace.MeanCosine(space.Vectors), 1e-6f);
        Assert.Equal(0.2f, space.AsOfTexts(0.6f), 1e-6f);
        Assert.Equal(1, space.AsOfTexts(1), 1e-6f);
    }

    [Fact]
    public void Names_are_read_a_line_each_or_from_a_column()
    {
        var folder = Assets.NewFolder();
        var (lines, table) = (Path.Combine(folder, "a.txt"), Path.Combine(folder, "a.csv"));
        File.WriteAllText(lines, "background\ntench, Tinca tinca\ngoldfish\n");
        File.WriteAllText(table, "index,mid,display_name\n0,/m/09x0r,Speech\n1,/m/0ytgt,\"Child speech, kid speaking\"\n");
        Assert.Equal(["tench, Tinca tinca", "goldfish"], ClassNames.Read(lines, 2));
        Assert.Equal(["Speech", "Child speech, kid speaking"], ClassNames.Read(table, 2));
        Assert.Contains(
            "2 class names, but the classifier has 7",
            Assert.Throws<InvalidDataException>(() => ClassNames.Read(table, 7)).Message,
            StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ClassNames.Read(Path.Combine(folder, "no"), 7));
    }
}

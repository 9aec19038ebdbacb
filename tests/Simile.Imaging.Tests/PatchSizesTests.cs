namespace Simile.Imaging.Tests;

public class PatchSizesTests
{
    // By transformers' get_image_size_for_max_num_patches, run in Python.
    [Theory]
    [InlineData(640, 480, 16, 256, 288, 224)]
    [InlineData(224, 224, 16, 256, 256, 256)]
    [InlineData(5000, 1, 16, 256, 4096, 16)]
    [InlineData(1, 5000, 16, 256, 16, 4096)]
    [InlineData(451, 300, 16, 256, 304, 208)]
    [InlineData(91, 37, 8, 16, 40, 24)]
    [InlineData(1920, 1280, 14, 1024, 546, 364)]
    [InlineData(16, 16, 16, 1, 16, 16)]
    public void Sides_are_whole_patches_as_the_reference_chooses_them(
        int width, int height, int patch, int most, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), PatchSizes.Fit(width, height, patch, most));

    [Fact]
    public void Pictures_of_any_size_have_no_more_patches_than_allowed()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var (patch, most) = (random.Next(1, 33), random.Next(1, 1025));
            var (width, height) = PatchSizes.Fit(random.Next(1, 20_000), random.Next(1, 20_000), patch, most);
            Assert.Equal((0, 0), (width % patch, height % patch));
            Assert.InRange(width / patch * (height / patch), 1, most);
        }
    }
}

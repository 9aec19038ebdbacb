using Simile.Testing;
using SkiaSharp;

namespace Simile.Imaging.Tests;

public sealed class ImageProcessorTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    [Fact]
    public void Colours_go_to_planes_rescaled_and_normalised()
    {
        var processor = new ImageProcessor(
            new ImageProcessorOptions { Resize = ImageResize.None, Crop = null, Mean = [0.5f, 0.5f, 0.25f], Std = [0.5f, 0.25f, 0.25f] });
        var numbers = new float[6];
        processor.Process(new Picture(2, 1, 3, [0, 51, 255, 255, 102, 0]), numbers);
        Assert.Equal([-1, 1, (0.2f - 0.5f) / 0.25f, (0.4f - 0.5f) / 0.25f, 3, -1], numbers, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_shorter_side_keeps_the_proportions()
    {
        var processor = new ImageProcessor(new ImageProcessorOptions { Crop = null });
        Assert.Equal((341, 256), processor.OutputSize(640, 480));
        Assert.Equal((256, 341), processor.OutputSize(480, 640));
        Assert.Null(processor.FixedSize);
    }

    [Theory]
    [InlineData("{\"size\": -3}")]
    [InlineData("{\"size\": {\"longest_edge\": 3}}")]
    [InlineData("{\"size\": {\"height\": 999999, \"width\": 5}}")]
    [InlineData("{\"crop_size\": {\"height\": 5}, \"do_center_crop\": true}")]
    [InlineData("{\"image_mean\": [1, 2]}")]
    [InlineData("{\"image_mean\": \"grey\"}")]
    [InlineData("{\"image_std\": [0, 0, 0]}")]
    [InlineData("{\"resample\": 77}")]
    [InlineData("{\"size\": 3e30}")]
    [InlineData("{\"image_processor_type\": \"ConvNextImageProcessor\", \"size\": 224, \"crop_pct\": 0}")]
    public void A_configuration_that_makes_no_sense_is_refused(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "preprocessor_config.json"), json);
        var error = Record.Exception(() => ImageProcessor.Load(_folder));
        Assert.True(error is InvalidDataException or NotSupportedException, $"{error}");
        Effort.AssertIsSentence(error.Message);
    }

    // Fuzzing found the first one with seed 41.
    [Theory]
    [InlineData("{\"architecture\":\"resnet18\",\"pretrained_cfg\":1}")]
    [InlineData("{\"architecture\":\"resnet18\",\"pretrained_cfg\":{\"mean\":[0,0,0]}}")]
    public void A_configuration_of_timm_that_makes_no_sense_is_refused_in_a_sentence(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"), json);
        Effort.AssertIsSentence(Assert.Throws<InvalidDataException>(() => ImageProcessor.Load(_folder)).Message);
    }

    [Fact]
    public void A_folder_without_a_description_is_refused() =>
        Assert.Contains(
            "preprocessing of pictures",
            Assert.Throws<FileNotFoundException>(() => ImageProcessor.Load(_folder)).Message,
            StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Save(string name)
    {
        using var bitmap = new SKBitmap(20, 14);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, data.ToArray());
        return path;
    }
}

using Simile.Imaging;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests;

public class ImageEmbedderTests
{
    // (x − 128) / 128, as the network was trained.
    private static readonly ImageProcessorOptions MobileNet =
        new() { RescaleFactor = 1 / 128.0, RescaleOffset = true, Mean = [], Std = [], Library = ImageLibrary.Transformers };

    [Fact]
    public void Cats_are_nearest_cats_and_dogs_nearest_dogs()
    {
        var photos = Directory.EnumerateFiles(Assets.Require("data/photos"))
            .Where(p => p.EndsWith("jpg", StringComparison.Ordinal) || p.EndsWith("png", StringComparison.Ordinal)).Order().ToArray();
        using var model = ImageEmbedder.Load(
            Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"), new ImageEmbedderOptions { Processor = MobileNet });
        var (vectors, _, refused) = model.Embed(photos);
        Assert.Empty(refused);
        Assert.Equal(1280, vectors.Dimensions);
        foreach (var kind in (string[])["cat", "dog"])
        {
            foreach (var i in Enumerable.Range(0, photos.Length).Where(i => IsOf(photos[i], kind)))
            {
                var nearest = Enumerable.Range(0, photos.Length).Where(j => j != i).MaxBy(j => Dot(vectors[i], vectors[j]));
                Assert.True(IsOf(photos[nearest], kind), $"{photos[i]} is nearest {photos[nearest]}.");
            }
        }
    }

    [Theory]
    [InlineData("resnet20")]
    [InlineData("resnet56")]
    public void A_checkpoint_of_a_ResNet_for_CIFAR_gives_what_its_ONNX_file_gives(string name)
    {
        var folder = Assets.Require("models/resnet-cifar10");
        var checkpoint = Directory.EnumerateFiles(folder, name + "*.th").Single();
        var processor = new ImageProcessorOptions { Resize = ImageResize.Exact, ResizeHeight = 32, ResizeWidth = 32, Crop = null };
        foreach (var layer in (string[])["logits", "embedding"])
        {
            using var onnx = ImageEmbedder.Load(
                Path.Combine(folder, name + "_cifar10.onnx"),
                new ImageEmbedderOptions { Processor = processor, Normalize = false, Layer = layer });
            using var ours = ImageEmbedder.Load(
                checkpoint,
                new ImageEmbedderOptions { Processor = processor, Normalize = false, Layer = layer == "logits" ? layer : "avgpool" });
            foreach (var photo in Directory.EnumerateFiles(Assets.Require("data/photos"), "*.jpg").Order().Take(5))
            {
                Assert.Equal(onnx.Embed(photo), ours.Embed(photo), (a, b) => Math.Abs(a - b) <= 1e-4);
            }
        }
    }

    [Fact]
    public void A_single_file_says_how_large_its_pictures_are_or_the_file_beside_it_says_more()
    {
        var folder = Assets.NewFolder();
        var file = Path.Combine(folder, "net.onnx");
        File.WriteAllBytes(file, File.ReadAllBytes(Assets.Require("models/resnet-cifar10/resnet20_cifar10.onnx")));
        using (var model = ImageEmbedder.Load(file))
        {
            Assert.Equal((32, 32), model.Processor.FixedSize);
            Assert.Equal(36, model.Processor.Options.ResizeHeight);
            Assert.Equal(1, Dot(model.Embed(ResizePhoto()), model.Embed(ResizePhoto())), 1e-5);
        }

        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"), """{"image_processor_type": "ViTImageProcessor", "size": 32}""");
        using (var model = ImageEmbedder.Load(file))
        {
            Assert.Equal([0.5f, 0.5f, 0.5f], model.Processor.Options.Mean);
            Assert.Equal(32, model.Processor.Options.ResizeWidth);
        }

        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), "{");
        Assert.Contains(
            "preprocessor_config.json",
            Assert.Throws<InvalidDataException>(() => ImageEmbedder.Load(file)).Message,
            StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_inner_layer_is_taken_by_its_name()
    {
        var checkpoint = Directory.EnumerateFiles(Assets.Require("models/resnet-cifar10"), "resnet20*.th").Single();
        var processor = new ImageProcessorOptions { Resize = ImageResize.Exact, ResizeHeight = 32, ResizeWidth = 32, Crop = null };
        using var model = ImageEmbedder.Load(checkpoint, new ImageEmbedderOptions { Processor = processor, Layer = "layer2" });
        Assert.Equal(32, model.Dimensions);
        Assert.Equal(1, Dot(model.Embed(ResizePhoto()), model.Embed(ResizePhoto())), 1e-5);
        var error = Assert.Throws<ArgumentException>(
            () => ImageEmbedder.Load(checkpoint, new ImageEmbedderOptions { Processor = processor, Layer = "layer9" }));
        Assert.Contains("\"layer9\"; it has", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_has_one_vector_whatever_batch_it_is_in_and_refused_files_leave_the_rest()
    {
        var photos = Directory.EnumerateFiles(Assets.Require("data/photos"), "*.jpg").Order().Take(6).ToArray();
        using var model = ImageEmbedder.Load(
            Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"),
            new ImageEmbedderOptions { Processor = MobileNet, BatchSize = 3 });
        var (vectors, files, refused) = model.Embed([Assets.Require("MANIFEST.md"), .. photos, "none.jpg"]);
        Assert.Equal([0, 7], refused.Select(r => r.File));
        Assert.Equal([1, 2, 3, 4, 5, 6], files);
        for (var i = 0; i < photos.Length; i++)
        {
            Assert.InRange(Dot(vectors[i], model.Embed(photos[i])), 0.999999, 1.000001);
        }
    }

    [Fact]
    public void A_checkpoint_of_something_else_is_refused()
    {
        var error = Record.Exception(() =>
            ImageEmbedder.Load(Assets.Require("golden/architectures/bert_pooler"), new ImageEmbedderOptions { Processor = MobileNet }));
        Assert.Contains("not supported", Assert.IsType<NotSupportedException>(error).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(
            () => ImageEmbedder.Load("no such model", new ImageEmbedderOptions { Processor = MobileNet }));
    }

    private static Picture ResizePhoto() => Picture.Load(Directory.EnumerateFiles(Assets.Require("data/photos"), "*.jpg").Order().First());

    private static bool IsOf(string path, string kind) => kind switch
    {
        "cat" => Path.GetFileName(path) is var name && (name == "chelsea.png" || name.Contains("cat", StringComparison.Ordinal)),
        _ => Path.GetFileName(path) is var name && name.Contains("dog", StringComparison.Ordinal) && name != "coral_hot_dog.jpg",
    };

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);
}

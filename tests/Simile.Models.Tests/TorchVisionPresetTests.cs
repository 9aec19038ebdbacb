using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests;

/// <summary>
/// Bare files of torchvision: which network they are of, and how its pictures are made ready. The numbers are those of torchvision's
/// DEFAULT weights.
/// </summary>
public sealed class TorchVisionPresetTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("resnet18", 256, 224, "conv1 64 3 7 7;layer1.0.conv1 64 64 3 3;layer1.0.conv2 64 64 3 3;layer2.0-1.conv1;layer3.0-1.conv1")]
    [InlineData("resnet34", 256, 224, "conv1 64 3 7 7;layer1.0.conv1 64 64 3 3;layer1.0.conv2 64 64 3 3;layer2.0-3.conv1;layer3.0-5.conv1")]
    [InlineData(
        "resnet50", 232, 224, "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 64 64 3 3;layer1.0.conv3;layer2.0-3.conv1;layer3.0-5.conv1")]
    [InlineData(
        "resnet101", 232, 224, "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 64 64 3 3;layer1.0.conv3;layer2.0-3.conv1;layer3.0-22.conv1")]
    [InlineData(
        "resnet152", 232, 224, "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 64 64 3 3;layer1.0.conv3;layer2.0-7.conv1;layer3.0-35.conv1")]
    [InlineData(
        "resnext50_32x4d",
        232,
        224,
        "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 128 4 3 3;layer1.0.conv3;layer2.0-3.conv1;layer3.0-5.conv1")]
    [InlineData(
        "resnext101_32x8d",
        232,
        224,
        "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 256 8 3 3;layer1.0.conv3;layer2.0-3.conv1;layer3.0-22.conv1")]
    [InlineData(
        "wide_resnet50_2",
        232,
        224,
        "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 128 128 3 3;layer1.0.conv3;layer2.0-3.conv1;layer3.0-5.conv1")]
    [InlineData("convnext_tiny", 236, 224, "features.0.0 96 3 4 4;features.1.0.block.5;features.5.0-8.block.0")]
    [InlineData("convnext_small", 230, 224, "features.0.0 96 3 4 4;features.1.0.block.5;features.5.0-26.block.0")]
    [InlineData("convnext_base", 232, 224, "features.0.0 128 3 4 4;features.1.0.block.5;features.5.0-26.block.0")]
    [InlineData("convnext_large", 232, 224, "features.0.0 192 3 4 4;features.1.0.block.5;features.5.0-26.block.0")]
    [InlineData("efficientnet_b0", 256, 224, "features.0.0 32 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 1280 320 1 1", ResizeFilter.Bicubic)]
    [InlineData(
        "efficientnet_b1",
        255,
        240,
        "features.0.0 32 3 3 3;features.1.0-1.block.0.0;features.1.0.block.1.fc1;features.2-7.0.block.0.0;features.8.0 1280 320 1 1")]
    [InlineData("efficientnet_b2", 288, 288, "features.0.0 32 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 1408 352 1 1", ResizeFilter.Bicubic)]
    [InlineData("efficientnet_b3", 320, 300, "features.0.0 40 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 1536 384 1 1", ResizeFilter.Bicubic)]
    [InlineData("efficientnet_b4", 384, 380, "features.0.0 48 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 1792 448 1 1", ResizeFilter.Bicubic)]
    [InlineData("efficientnet_b5", 456, 456, "features.0.0 48 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 2048 512 1 1", ResizeFilter.Bicubic)]
    [InlineData("efficientnet_b6", 528, 528, "features.0.0 56 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 2304 576 1 1", ResizeFilter.Bicubic)]
    [InlineData("efficientnet_b7", 600, 600, "features.0.0 64 3 3 3;features.1.0.block.0.0;features.1.0.block.1.fc1;"
        + "features.2-7.0.block.0.0;features.8.0 2560 640 1 1", ResizeFilter.Bicubic)]
    [InlineData(
        "efficientnet_v2_s", 384, 384, "features.0.0 24 3 3 3;features.1.0.block.0.0;features.2-6.0.block.0.0;features.7.0 1280 256 1 1")]
    [InlineData(
        "efficientnet_v2_m", 480, 480, "features.0.0 24 3 3 3;features.1.0.block.0.0;features.2-7.0.block.0.0;features.8.0 1280 512 1 1")]
    [InlineData("efficientnet_v2_l", 480, 480, "features.0.0 32 3 3 3;features.1.0.block.0.0;features.2-7.0.block.0.0;features.8.0 1280 "
        + "640 1 1", ResizeFilter.Bicubic, 0.5f)]
    [InlineData("mobilenet_v2", 232, 224, "features.1.conv.0.0")]
    [InlineData("mobilenet_v3_large", 232, 224, "features.1.block.0.0;features.13.block.0.0")]
    [InlineData("mobilenet_v3_small", 256, 224, "features.1.block.0.0;features.11.block.0.0")]
    [InlineData("inception_v3", 342, 299, "Conv2d_1a_3x3.conv")]
    [InlineData("vgg16", 256, 224, "features.0-12 64 3 3 3;classifier.0;classifier.6")]
    [InlineData("vit_b_16", 256, 224, "encoder.layers.encoder_layer_0.ln_1;conv_proj 768 3 16 16;encoder.pos_embedding! 1 197 768")]
    [InlineData("vit_b_16", 384, 384, "encoder.layers.encoder_layer_0.ln_1;conv_proj 768 3 16 16;encoder.pos_embedding! 1 "
        + "577 768", ResizeFilter.Bicubic)]
    [InlineData("vit_l_16", 242, 224, "encoder.layers.encoder_layer_0.ln_1;conv_proj 1024 3 16 16;encoder.pos_embedding! 1 197 1024")]
    [InlineData("vit_l_32", 256, 224, "encoder.layers.encoder_layer_0.ln_1;conv_proj 1024 3 32 32;encoder.pos_embedding! 1 50 1024")]
    [InlineData("vit_h_14", 518, 518, "encoder.layers.encoder_layer_0.ln_1;conv_proj 1280 3 14 14;encoder.pos_embedding! 1 "
        + "1370 1280", ResizeFilter.Bicubic)]
    [InlineData("DINOv2", 256, 224, "mask_token!;blocks.0.ls1.gamma!;blocks.0.attn.qkv", ResizeFilter.Bicubic)]
    public void A_bare_file_gets_the_transforms_of_its_network(
        string name, int resize, int crop, string tensors, ResizeFilter filter = ResizeFilter.Bilinear, float mean = 0.485f)
    {
        foreach (var wrapper in (string[])[string.Empty, "module."])
        {
            using var checkpoint = Make(tensors, wrapper);
            var preset = TorchVisionPreset.Of(checkpoint, "weights.pth");
            Assert.Equal((name, resize, crop, filter), (preset!.Name, preset.Resize, preset.Crop, preset.Filter));
            Assert.Equal(mean, preset.Options.Mean[0]);
            Assert.Equal(
                (ImageResize.ShortestEdge, resize, (crop, crop)),
                (preset.Options.Resize, preset.Options.ResizeHeight, preset.Options.Crop!.Value));
        }
    }

    [Theory]
    [InlineData("resnet50-0676ba61.pth", 256, ResizeFilter.Bilinear)]
    [InlineData("resnet50-11ad3fa6.pth", 232, ResizeFilter.Bilinear)]
    public void The_name_of_a_published_file_tells_earlier_weights(string file, int resize, ResizeFilter filter)
    {
        using var checkpoint = Make(
            "conv1 64 3 7 7;layer1.0.conv1;layer1.0.conv2 64 64 3 3;layer1.0.conv3;layer2.0-3.conv1;layer3.0-5.conv1", string.Empty);
        var preset = TorchVisionPreset.Of(checkpoint, file)!;
        Assert.Equal((resize, filter), (preset.Resize, preset.Filter));
    }

    [Theory]
    [InlineData("classifier.1;classifier.4;classifier.6;features.0 64 3 11 11")] // AlexNet
    [InlineData("features.1.0.attn.qkv;features.0.0 96 3 4 4")] // Swin
    [InlineData("conv1 16 3 3 3;layer1.0.conv1;layer1.0.conv2 16 16 3 3;layer2.0-2.conv1;layer3.0-2.conv1")] // ResNet for CIFAR
    public void Other_networks_have_no_preset(string tensors)
    {
        using var checkpoint = Make(tensors, string.Empty);
        Assert.Null(TorchVisionPreset.Of(checkpoint, "weights.pth"));
    }

    [Fact]
    public void AlexNet_is_not_taken_for_VGG()
    {
        using var checkpoint = Make("classifier.1;classifier.4;classifier.6;features.0 64 3 11 11;features.3", string.Empty);
        using var config = System.Text.Json.JsonDocument.Parse("{}");
        Assert.False(ConvolutionNetwork.Knows(config.RootElement, checkpoint));
    }

    [Fact]
    public void A_bare_file_says_whose_preset_it_has_and_what_lies_beside_it_comes_first()
    {
        var path = Path.Combine(_folder, "x.pth");
        var golden = Assets.Require("golden/architectures/tv_mobilenet_v3_small");
        File.Copy(Directory.GetFiles(golden, "*.pth")[0], path);
        using (var model = ImageEmbedder.Load(path))
        {
            Assert.Equal((256, (224, 224)), (model.Processor.Options.ResizeHeight, model.Processor.Options.Crop!.Value));
            Assert.Contains("torchvision's preset of mobilenet_v3_small", model.Preparation, StringComparison.Ordinal);
        }

        using (var model = ImageEmbedder.Load(path, new ImageEmbedderOptions { Resize = PictureResize.Parse("exact:96x128") }))
        {
            Assert.Equal(
                (ImageResize.Exact, 96, 128, null),
                (model.Processor.Options.Resize, model.Processor.Options.ResizeHeight,
                    model.Processor.Options.ResizeWidth, model.Processor.Options.Crop));
            Assert.Contains("resized to 128 x 96", model.Preparation, StringComparison.Ordinal);
        }

        File.WriteAllText(
            Path.Combine(_folder, "transform.json"), """{"resize_size": [64], "crop_size": [48], "mean": [0, 0, 0], "std": [1, 1, 1]}""");
        using (var model = ImageEmbedder.Load(path))
        {
            Assert.Equal(64, model.Processor.Options.ResizeHeight);
            Assert.Contains("the model's files", model.Preparation, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("exact", ImageResize.Exact, 224, 224, null)]
    [InlineData("exact:100", ImageResize.Exact, 100, 100, null)]
    [InlineData("exact:100x200", ImageResize.Exact, 100, 200, null)]
    [InlineData("shortest", ImageResize.ShortestEdge, 224, 224, 224)]
    [InlineData("shortest:300", ImageResize.ShortestEdge, 300, 300, 224)]
    public void Another_resize_is_chosen_by_a_word_and_a_size(string text, ImageResize kind, int height, int width, int? crop)
    {
        var resize = PictureResize.Parse(text)!;
        var options = resize.Apply(new ImageProcessorOptions());
        Assert.Equal((kind, height, width, crop), (options.Resize, options.ResizeHeight, options.ResizeWidth, options.Crop?.Height));
        Assert.Equal(text, resize.ToString());
    }

    [Fact]
    public void A_resize_stands_behind_the_name_of_a_model_and_makes_it_another()
    {
        var path = Directory.GetFiles(Assets.Require("golden/architectures/tv_mobilenet_v3_small"), "*.pth")[0];
        var resize = PictureResize.Parse("exact:96x128")!;
        var name = resize.NameOf(path);
        Assert.Equal((path, resize), PictureResize.Split(name));
        Assert.Equal(name, HubCache.Locate(name));
        Assert.NotEqual(ModelFingerprint.Build(path), ModelFingerprint.Build(name));
        Assert.NotEqual(string.Empty, ModelFingerprint.Build(resize.NameOf(TextEmbedder.BuiltIn)));
        using var model = MultimodalModel.Load(name);
        Assert.Equal(name, model.Name);
        Assert.Contains("resized to 128 x 96", model.PicturePreparation, StringComparison.Ordinal);
        var texts = resize.NameOf(Assets.Require("golden/architectures/st_mean"));
        Assert.Contains(
            "does not embed pictures",
            Assert.Throws<NotSupportedException>(() => MultimodalModel.Load(texts)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a#b")]
    [InlineData("a#resize=square")]
    [InlineData("#resize=exact")]
    public void Other_names_of_models_are_left_alone(string name) => Assert.Equal((name, null), PictureResize.Split(name));

    [Theory]
    [InlineData("")]
    [InlineData("square")]
    [InlineData("exact:")]
    [InlineData("exact:0")]
    [InlineData("exact:224x")]
    [InlineData("exact:-3")]
    [InlineData("exact:99999")]
    [InlineData("shortest:3x4")]
    [InlineData("exact:3:4")]
    public void What_is_no_resize_is_none(string text) => Assert.Null(PictureResize.Parse(text));

    // Makes a checkpoint from names and sizes of tensors: "name size size;name size". "a.0-3" stands for a.0, a.1, a.2 and a.3. A name gets
    // the ending .weight, unless an exclamation mark follows it.
    private static Checkpoint Make(string tensors, string wrapper)
    {
        var all = new Dictionary<string, Tensor>();
        foreach (var entry in tensors.Split(';'))
        {
            var words = entry.Split(' ');
            var shape = words.Length > 1 ? words.Skip(1).Select(long.Parse).ToArray() : [1, 1, 1, 1];
            foreach (var name in Names(words[0].TrimEnd('!'))
                .Select(name => wrapper + name + (words[0].EndsWith('!') ? string.Empty : ".weight")))
            {
                all[name] = new Tensor(name, DType.F32, shape, default);
            }
        }

        return new Checkpoint(all);
    }

    private static IEnumerable<string> Names(string name)
    {
        var parts = name.Split('.');
        var at = Array.FindIndex(parts, part => part.Contains('-', StringComparison.Ordinal));
        if (at < 0)
        {
            return [name];
        }

        var ends = Array.ConvertAll(parts[at].Split('-'), int.Parse);
        return Enumerable.Range(ends[0], ends[1] - ends[0] + 1)
            .Select(number => string.Join('.', [.. parts[..at], $"{number}", .. parts[(at + 1)..]]));
    }
}

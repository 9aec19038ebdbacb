using Simile.Audio;
using Simile.Models.Projection;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Projection;

public sealed class ClassNameProjectionTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Words_find_photos_and_sounds_by_the_classes_of_any_classifiers_and_any_model_of_texts()
    {
        var join = Path.Combine(_folder, "join");
        var made = ClassNameProjection.Build(join, new ClassNameProjectionOptions
        {
            Text = Assets.Require("models/all-MiniLM-L6-v2"),
            Kind = MediaKind.Image,
            Classifier = Beside(
                "models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx", """{"image_processor_type": "MobileNetV2ImageProcessor"}"""),
            Labels = Assets.Require("models/mobilenet-v2-imagenet/imagenet_labels_1001.txt"),
        });
        Assert.Equal([MediaKind.Text, MediaKind.Image], made.Kinds);
        made = ClassNameProjection.Build(join, new ClassNameProjectionOptions
        {
            Kind = MediaKind.Sound,
            Classifier = Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"),
            Labels = Assets.Require("models/yamnet/yamnet_class_map.csv"),
            Templates = ["the sound of {}", "the noise of a {}"],
        });
        Assert.Equal([MediaKind.Text, MediaKind.Image, MediaKind.Sound], made.Kinds);
        Assert.Equal((521, 384), (made.Classes, made.Dimensions));
        Assert.Equal(
            [
                Assets.Require("models/all-MiniLM-L6-v2"),
                Path.Combine(_folder, "mobilenet_v2_int8w.onnx"),
                Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"),
            ],
            ClassNameProjection.PartsOf(join));

        using var model = MultimodalModel.Load(join);
        Assert.Equal(
            ("the sound of {}", "a photo of a {}"), (model.DefaultTemplate(MediaKind.Sound), model.DefaultTemplate(MediaKind.Image)));
        string[] photos = [Path.Combine(_folder, "no.png"), .. new[] { "rocket.jpg", "coffee.png", "chelsea.png" }
            .Select(name => Assets.Require("data/photos/" + name))];
        var pictures = model.EmbedImages(photos);
        Assert.Equal(0, pictures.Refused.Single().File);
        Assert.Equal([1, 2, 3], pictures.Files);
        Assert.Equal(
            [0, 1, 2],
            new[] { "rocket", "coffee", "a photo of a cat" }
                .Select(word => Best(model.EmbedQuery(word, MediaKind.Image), pictures.Vectors)));
        var sounds = model.EmbedSounds([.. new[] { "rain__1-21189-A", "rooster__1-27724-A" }
            .Select(name => Waveform.Load(Assets.Require($"data/esc10/{name}.wav")))]);
        Assert.Equal([0, 1], new[] { "rain", "rooster" }.Select(word => Best(model.EmbedQuery(word, MediaKind.Sound), sounds)));
        using var texts = TextEmbedder.Load(join);
        Assert.Equal(model.Texts.Embed("rain"), texts.Embed("rain"));
    }

    [Fact]
    public void A_checkpoint_with_its_classifier_is_joined_as_a_file_and_as_a_folder()
    {
        var network = Beside(
            "models/resnet-cifar10/resnet20-12fca82f.th",
            """{"image_processor_type": "ViTImageProcessor", "size": 32, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224"""
            + """, 0.225]}""");
        using var images = ImageEmbedder.Load(network);
        Assert.Equal((32, 32), images.Processor.FixedSize);
        var named = Write("classes.json", """["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]""");
        Assert.Equal(10, ClassNameProjection.Build(
            Path.Combine(_folder, "a"),
            new ClassNameProjectionOptions { Classifier = network, Kind = MediaKind.Image, Labels = named }).Classes);
        using var model = MultimodalModel.Load(Path.Combine(_folder, "a"));
        var picture = model.EmbedImages([Assets.Require("data/photos/coral_cat.png")]).Vectors[0];
        Assert.Equal(1, VectorMath.Norm(picture), 1e-4f);

        var classifier = Golden("vit_classifier_checkpoint", """{"image_processor_type": "ViTImageProcessor", "size": 32}""");
        var config = Path.Combine(classifier, "config.json");
        Assert.Contains("LABEL_0", Refused(classifier, MediaKind.Image, null).Message, StringComparison.Ordinal);
        File.WriteAllText(config, File.ReadAllText(config).Replace("LABEL_", "kind ", StringComparison.Ordinal));
        Assert.Equal(5, ClassNameProjection.Build(
            Path.Combine(_folder, "b"), new ClassNameProjectionOptions { Classifier = classifier, Kind = MediaKind.Image }).Classes);
    }

    [Fact]
    public void What_cannot_be_joined_is_said_in_a_sentence()
    {
        var (two, network) = (Write("two.txt", "cat\ndog\n"), Assets.Require("models/resnet-cifar10/resnet20_cifar10.onnx"));
        Assert.Contains(
            "has 2 class names, but the classifier has 10", Refused(network, MediaKind.Image, two).Message, StringComparison.Ordinal);
        Assert.Contains("no file of class names", Refused(network, MediaKind.Image, "nowhere.txt").Message, StringComparison.Ordinal);
        Assert.Contains("one class name per line", Refused(network, MediaKind.Image, null).Message, StringComparison.Ordinal);
        Assert.Contains("neither a folder", Refused("nowhere.onnx", MediaKind.Image, two).Message, StringComparison.Ordinal);
        Assert.Contains(
            "is not a classifier", Refused(Golden("vit", """{"size": 32}"""), MediaKind.Image, two).Message, StringComparison.Ordinal);
        Assert.Contains(
            "not pictures",
            Refused(Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"), MediaKind.Image, two).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Refused(network, MediaKind.Text, two));
    }

    [Fact]
    public void A_joined_model_whose_parts_have_changed_is_refused_in_a_sentence()
    {
        var network = Beside(
            "models/resnet-cifar10/resnet20_cifar10.onnx",
            """{"image_processor_type": "ViTImageProcessor", "size": {"height": 32, "width": 32}}""");
        var join = Path.Combine(_folder, "join");
        ClassNameProjection.Build(join, new ClassNameProjectionOptions
        {
            Classifier = network,
            Kind = MediaKind.Image,
            Labels = Write("ten.txt", string.Join('\n', Enumerable.Range(0, 10))),
        });
        File.Copy(Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"), network, overwrite: true);
        using (var model = MultimodalModel.Load(join))
        {
            Assert.Contains(
                "has changed since",
                Assert.Throws<InvalidDataException>(() => model.EmbedImages([Assets.Require("data/photos/coffee.png")])).Message,
                StringComparison.Ordinal);
        }

        var config = Path.Combine(join, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace(TextEmbedder.BuiltIn, ".", StringComparison.Ordinal));
        Assert.Contains(
            "is a joined model", Assert.Throws<InvalidDataException>(() => TextEmbedder.Load(join)).Message, StringComparison.Ordinal);
        File.WriteAllText(config, """{"model_type": "class-join", "dimensions": 3}""");
        Assert.Contains(
            "lacks \"text\"", Assert.Throws<InvalidDataException>(() => MultimodalModel.Load(join)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id2label": {"1": "b", "0": "a"}}""", "a,b")]
    [InlineData("""{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}""", "tench,goldfish")]
    [InlineData("""{"labels": ["x", "y"]}""", "x,y")]
    public void Names_are_read_from_json(string json, string names) =>
        Assert.Equal(names.Split(','), ClassNames.Read(Write("names.json", json), 2));

    [Theory]
    [InlineData("""{"id2label": {"1": "b", "2": "a"}}""")]
    [InlineData("""{"a": "b"}""")]
    [InlineData("""{"id2label": {"0": 5, "1": "b"}}""")]
    [InlineData("[[], []]")]
    [InlineData("7")]
    [InlineData("")]
    public void Json_without_names_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => ClassNames.Read(Write("names.json", json), 2));

    private static int Best(ReadOnlySpan<float> query, VectorMatrix vectors)
    {
        var best = 0;
        for (var i = 1; i < vectors.Count; i++)
        {
            best = VectorMath.Dot(query, vectors[i]) > VectorMath.Dot(query, vectors[best]) ? i : best;
        }

        return best;
    }

    private Exception Refused(string classifier, MediaKind kind, string? labels)
    {
        var options = new ClassNameProjectionOptions { Classifier = classifier, Kind = kind, Labels = labels };
        var refusal = Record.Exception(() => ClassNameProjection.Build(Path.Combine(_folder, "refused"), options));
        Assert.False(Directory.Exists(Path.Combine(_folder, "refused")));
        return refusal is InvalidDataException or NotSupportedException or IOException ? refusal : throw refusal!;
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }

    // A copy of a network with a processor beside it.
    private string Beside(string asset, string processor)
    {
        Write("preprocessor_config.json", processor);
        var copy = Path.Combine(_folder, Path.GetFileName(asset));
        File.WriteAllBytes(copy, File.ReadAllBytes(Assets.Require(asset)));
        return copy;
    }

    private string Golden(string name, string processor)
    {
        var folder = Path.Combine(_folder, name);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Assets.Require("golden/architectures/" + name)))
        {
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllBytes(file));
        }

        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), processor);
        return folder;
    }
}

using Simile.Testing;

namespace EndToEnd;

/// <summary>Any classifier with any text model, joined by class names.</summary>
public sealed class ClassNameProjectionTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Words_find_what_a_joined_classifier_sees_and_hears()
    {
        Copy("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx", "net/mobilenet.onnx");
        _tool.Write("net/preprocessor_config.json", """{"image_processor_type": "MobileNetV2ImageProcessor"}""");
        var made = _tool.Run(
            "models", "join", "--image", "net/mobilenet.onnx", "--labels",
            Assets.Require("models/mobilenet-v2-imagenet/imagenet_labels_1001.txt"), "--text", Assets.Require("models/all-MiniLM-L6-v2"),
            "--json");
        Assert.Equal(
            (1000, 384), (made.Succeeds().Json[0].GetProperty("classes").GetInt32(), made.Json[0].GetProperty("dimensions").GetInt32()));
        Assert.Contains("text, image, sound", _tool.Run(
            "models", "join", "--sound", Assets.Require("models/yamnet/yamnet_waveform_int8w.onnx"),
            "--labels", Assets.Require("models/yamnet/yamnet_class_map.csv"))
                .Succeeds().Output,
                StringComparison.Ordinal);

        foreach (var photo in new[] { "chelsea.png", "coffee.png", "rocket.jpg" })
        {
            Copy("data/photos/" + photo, "things/" + photo);
        }

        Copy("data/esc10/rain__1-21189-A.wav", "things/rain.wav");
        Copy("data/esc10/rooster__1-27724-A.wav", "things/rooster.wav");
        _tool.Write("things/tea.txt", "tea is hot\n");
        Assert.Equal("chelsea.png", First("find", "a cat", "things", "--model", "joined"));
        Assert.Equal("rain.wav", First("find", "rain", "things", "--model", "joined"));
        _tool.Run("index", "things", "--model", "joined").Succeeds();
        Assert.Equal("rocket.jpg", First("search", "a photo of a rocket"));
        Assert.Equal("rain.wav", First("search", "the sound of rain"));
        var classified = _tool.Run(
            "classify", "--labels", "cat,coffee,rocket", "--top", "1", "--json",
            "--model", "joined", "things/coffee.png", "things/rocket.jpg")
            .Succeeds().Json;
        Assert.Equal(["coffee", "rocket"], classified.Select(line => line.GetProperty("labels")[0].GetProperty("label").GetString()));
        Assert.Equal(
            384, _tool.Run("embed", "--model", "joined", "things/rain.wav").Succeeds().Json[0].GetProperty("vector").GetArrayLength());
        Assert.Equal(384, _tool.RunWith("a cat\n", "embed", "--model", "joined").Succeeds().Json[0].GetProperty("vector").GetArrayLength());
        Assert.Contains("class-join", _tool.Run("models", "info", "joined").Succeeds().Output, StringComparison.Ordinal);

        // Another classifier with the same name is another model; the store notices.
        Copy("models/resnet-cifar10/resnet20_cifar10.onnx", "net/mobilenet.onnx");
        _tool.Run("index", "things", "--model", "joined").FailsWith(1, "store", "index again");
        _tool.Run("classify", "--labels", "cat,dog", "--model", "joined", "things/coffee.png").FailsWith(1, "join it again");
    }

    [Fact]
    public void What_is_missing_or_wrong_is_said()
    {
        var labels = _tool.Write("two.txt", "cat\ndog\n");
        _tool.Run("models", "join", "--labels", labels).FailsWith(2, "--image or --sound");
        _tool.Run("models", "join", "--image", "a", "--sound", "b").FailsWith(2, "--image or --sound");
        _tool.Run("models", "join", "--image", Assets.Require("models/resnet-cifar10/resnet20_cifar10.onnx"), "--labels", labels)
            .FailsWith(1, "2 class names", "10");
        _tool.Run("models", "join", "--image", "nowhere", "--labels", labels).FailsWith(1, "nowhere");
        _tool.Run("models", "join", "--image", "a", "--labels", labels, "--template", "cat").FailsWith(1, "{}");
    }

    private string First(params string[] arguments) =>
        Path.GetFileName(_tool.Run([.. arguments, "--json"]).Succeeds().Json[0].GetProperty("path").GetString()!);

    private void Copy(string asset, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_tool.In(name))!);
        File.WriteAllBytes(_tool.In(name), File.ReadAllBytes(Assets.Require(asset)));
    }
}

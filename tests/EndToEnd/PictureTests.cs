using Simile.Testing;

namespace EndToEnd;

/// <summary>Pictures with MobileNetV2, trained on 1,000 classes of photos.</summary>
public sealed class PictureTests : IDisposable
{
    private const string Preprocessor = """
        {"image_processor_type": "ViTImageProcessor", "size": {"height": 224, "width": 224}, "resample": 2,
         "rescale_factor": 0.0078125, "image_mean": [1, 1, 1], "image_std": [1, 1, 1]}
        """;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Cats_are_nearest_to_cats_and_dogs_to_dogs()
    {
        var photos = IndexPhotos();
        foreach (var (name, others) in new[]
        {
            ("coral_cat.png", 4), ("chelsea.png", 4), ("coral_cat_test_0.png", 4), ("coral_dog_test_0.png", 1),
        })
        {
            var found = Search("--image", Path.Combine(photos, name));
            Assert.Equal(name, found[0]);
            var kind = IsCat(name) ? "cat" : "dog";
            Assert.All(found[1..(others + 1)], other =>
                Assert.True(kind == "cat" ? IsCat(other) : other.Contains("dog", StringComparison.Ordinal), $"{name} found {other}"));
        }

        static bool IsCat(string name) => name.Contains("cat", StringComparison.Ordinal) || name == "chelsea.png";
    }

    [Fact]
    public void What_was_indexed_is_not_embedded_again_and_broken_pictures_are_named()
    {
        Directory.CreateDirectory(_tool.In("mine"));
        File.Copy(Assets.Require("data/photos/chelsea.png"), _tool.In("mine/cat.png"));
        File.WriteAllBytes(_tool.In("mine/cut.png"), File.ReadAllBytes(_tool.In("mine/cat.png"))[..5000]);
        _tool.Write("mine/no.jpg", "this is no picture");
        var first = Index("mine");
        Assert.Equal(3, first.Code);
        Assert.Contains("mine/cut.png", first.Error, StringComparison.Ordinal);
        Assert.Contains("mine/no.jpg", first.Error, StringComparison.Ordinal);
        Assert.Contains("2 skipped", first.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), (first.Json[0].GetProperty("embedded").GetInt32(), first.Json[0].GetProperty("images").GetInt32()));
        Assert.Equal(
            (0, 1), (Index("mine").Json[0].GetProperty("embedded").GetInt32(), Index("mine").Json[0].GetProperty("unchanged").GetInt32()));
        var hit = _tool.Run("search", "--image", "mine/cat.png", "--json").Succeeds().Json.Single();
        Assert.Equal(("image", _tool.In("mine/cat.png")), (hit.GetProperty("kind").GetString(), hit.GetProperty("path").GetString()));
        _tool.Run("search", "--image", "mine/no.jpg").FailsWith(1, "no.jpg");
        _tool.Run("search", "a cat").FailsWith(1, "texts");
        _tool.Run("search", "--audio", "mine/cat.png").FailsWith(1, "sounds");
    }

    [Fact]
    public void A_text_model_passes_over_pictures_and_says_so()
    {
        _tool.Write("mixed/a.txt", "Penguins are birds that cannot fly.\n");
        _tool.Write("mixed/b.png", "never opened");
        var found = _tool.Run("index", "mixed", "--model", Assets.Require("models/all-MiniLM-L6-v2"), "--json");
        Assert.Equal((3, 1), (found.Code, found.Json[0].GetProperty("passages").GetInt32()));
        Assert.Contains("picture", found.Error, StringComparison.Ordinal);
    }

    private string IndexPhotos()
    {
        var photos = Assets.Require("data/photos");
        Assert.InRange(Index(photos).Json[0].GetProperty("images").GetInt32(), 22, 1000);
        return photos;
    }

    private Outcome Index(string path)
    {
        if (!Directory.Exists(_tool.In("mobilenet")))
        {
            _tool.Write("mobilenet/preprocessor_config.json", Preprocessor);
            File.Copy(Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"), _tool.In("mobilenet/model.onnx"));
        }

        return _tool.Run("index", path, "--model", "mobilenet", "--json");
    }

    private string[] Search(params string[] arguments) =>
        [.. _tool.Run(["search", "--json", .. arguments]).Succeeds().Json
            .Select(line => Path.GetFileName(line.GetProperty("path").GetString()!))];
}

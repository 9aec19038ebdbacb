using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Audio;
using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests;

public sealed class ClipModelTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("clip_legacy_eos")]
    [InlineData("clip_new_eos")]
    [InlineData("siglip")]
    public void A_picture_goes_through_processor_and_tower(string golden)
    {
        using var model = Load(golden);
        var picture = Picture.Load(Photo("chelsea.png"));
        var processor = ImageProcessor.Load(_folder);
        var pixels = new float[3 * 32 * 32];
        processor.Process(picture, pixels);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "config.json")));
        using var tower = DualEncoderNetwork.BuildPicture(
            config.RootElement, SafeTensors.Open(Path.Combine(_folder, "model.safetensors")), ["image_embeds"]);
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, 32, 32]);
        using var outputs = tower.Run(["pixel_values"], [input], ["image_embeds"]);
        Assert.Equal(1, VectorMath.Cosine(outputs[0].GetTensorDataAsSpan<float>(), model.EmbedImage(picture)), 1e-6f);
        Assert.Equal(model.EmbedImage(picture), model.EmbedImage(Photo("chelsea.png")));
        Assert.Equal(model.Dimensions, model.EmbedImage(picture).Length);
    }

    [Theory]
    [InlineData("clip_legacy_eos", false)]
    [InlineData("siglip", true)]
    public void Logits_are_scaled_cosines_and_probabilities_their_softmax_or_sigmoid(string golden, bool pairs)
    {
        using var model = Load(golden);
        string[] texts = ["a photo of a cat", "a dog", "rain"];
        var ranking = model.Rank(texts, [Photo("chelsea.png"), Photo("coral_owl.jpg")]);
        Assert.Equal(pairs, model.JudgesPairs);
        for (var i = 0; i < 2; i++)
        {
            var image = model.EmbedImage(Photo(i == 0 ? "chelsea.png" : "coral_owl.jpg"));
            var logits = texts.Select(text => (model.LogitScale * VectorMath.Cosine(model.EmbedText(text), image)) + model.LogitBias)
                .ToArray();
            var total = logits.Sum(logit => Math.Exp(logit));
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(logits[j], ranking.Logits[i][j], 1e-3f);
                Assert.Equal(pairs ? 1 / (1 + Math.Exp(-logits[j])) : Math.Exp(logits[j]) / total, ranking.Probabilities[i][j], 1e-3);
            }
        }
    }

    [Theory]
    [InlineData("clip_legacy_eos")]
    [InlineData("siglip")]
    [InlineData("clap")]
    public void Scores_of_texts_are_brought_to_the_level_of_the_other_kind_in_their_order(string golden)
    {
        using var model = Load(golden);
        var other = golden == "clap" ? MediaKind.Sound : MediaKind.Image;
        Assert.Equal(0.2f, model.Comparable(0.2f, MediaKind.Text, other));
        var scores = Enumerable.Range(-10, 21).Select(i => model.Comparable(i / 10f, MediaKind.Text, MediaKind.Text)).ToArray();
        Assert.Equal(scores.Order(), scores);
        Assert.True(model.Comparable(0.5f, MediaKind.Text, MediaKind.Text) < 0.25f);
    }

    [Fact]
    public void A_label_is_the_mean_of_its_templates()
    {
        using var model = Load("clip_legacy_eos");
        var labels = model.EmbedLabels(["cat", "dog"], ["a photo of a {}", "this is {}"], MediaKind.Image);
        var expected = VectorMath.Normalize(VectorMath.Add(model.EmbedText("a photo of a dog"), model.EmbedText("this is dog")));
        Assert.Equal(1, VectorMath.Cosine(expected, labels[1]), 1e-6f);
        Assert.Equal(1, VectorMath.Norm(labels[0]), 1e-5f);
        var image = model.EmbedImage(Photo("chelsea.png"));
        var probabilities = model.Classify(image, MediaKind.Image, labels);
        Assert.Equal(1, probabilities.Sum(), 1e-5f);
        Assert.Equal(
            1 / (1 + Math.Exp(model.LogitScale * (VectorMath.Cosine(image, labels[1]) - VectorMath.Cosine(image, labels[0])))),
            probabilities[0],
            1e-3);
    }

    [Theory]
    [InlineData("clip_legacy_eos")]
    [InlineData("siglip")]
    public void Huge_logits_are_probabilities_all_the_same(string golden)
    {
        using var model = Load(golden);
        float[] scores = [1_000, 900, -1_000];
        model.Probabilities(scores, MediaKind.Image);
        Assert.Equal([1, model.JudgesPairs ? 1 : 0, 0], scores);
    }

    [Fact]
    public void A_template_without_a_place_and_no_labels_are_refused()
    {
        using var model = Load("clip_legacy_eos");
        Assert.Contains(
            "{}",
            Assert.Throws<ArgumentException>(() => model.EmbedLabels(["cat"], ["a photo"], MediaKind.Image)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.EmbedLabels([], [], MediaKind.Image));
    }

    [Theory]
    [InlineData("clip_legacy_eos")]
    [InlineData("siglip")]
    [InlineData("clap")]
    public void A_text_has_one_vector_whatever_stands_beside_it_and_long_ones_are_cut(string golden)
    {
        using var model = Load(golden);
        var texts = Enumerable.Range(0, 40).Select(i => string.Join(' ', Enumerable.Repeat("cat dog rain", (i % 13) + 1))).ToArray();
        var together = model.Texts.Embed(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(1, VectorMath.Cosine(model.EmbedText(texts[i]), together[i]), 1e-5f);
        }
    }

    [Fact]
    public void Broken_pictures_are_refused_one_by_one()
    {
        using var model = Load("siglip");
        var broken = Path.Combine(_folder, "broken.png");
        File.WriteAllText(broken, "no picture");
        var (vectors, files, refused) = model.EmbedImages([Photo("chelsea.png"), broken, Photo("coral_owl.jpg")]);
        Assert.Equal(1, Assert.Single(refused).File);
        Assert.Equal([0, 2], files);
        Assert.Equal(1, VectorMath.Cosine(model.EmbedImage(Photo("coral_owl.jpg")), vectors[1]), 1e-6f);
        Assert.Throws<InvalidDataException>(() => model.Rank(["a cat"], [broken]));
    }

    [Fact]
    public void Clap_puts_sounds_beside_texts_and_knows_no_pictures()
    {
        using var model = Load("clap");
        Assert.Equal([MediaKind.Text, MediaKind.Sound], model.Kinds);
        var sound = Waveform.Load(Assets.Require("data/esc10/rain__1-21189-A.wav"));
        Assert.Equal(model.Dimensions, model.EmbedSound(sound).Length);
        Assert.Equal(1, VectorMath.Norm(model.EmbedSound(sound)), 1e-4f);
        Assert.Contains(
            "pictures",
            Assert.Throws<NotSupportedException>(() => model.EmbedImage(Photo("chelsea.png"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_one_kind_is_loaded_as_what_it_is()
    {
        using var texts = MultimodalModel.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        Assert.Equal([MediaKind.Text], texts.Kinds);
        Assert.Throws<NotSupportedException>(() => texts.EmbedImages([]));
        using var pictures = MultimodalModel.Load(Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"));
        Assert.Equal([MediaKind.Image], pictures.Kinds);
        Assert.Throws<NotSupportedException>(() => pictures.Texts);
        Assert.Throws<NotSupportedException>(() => pictures.EmbedSounds([]));
        using var sounds = MultimodalModel.Load(Assets.Require("models/yamnet/yamnet_waveform_int8w.onnx"));
        Assert.Equal([MediaKind.Sound], sounds.Kinds);
    }

    [Fact]
    public void Other_models_are_refused_with_their_family()
    {
        Assert.Contains(
            "bert",
            Assert.Throws<NotSupportedException>(() => ClipModel.Load(Assets.Require("models/all-MiniLM-L6-v2"))).Message,
            StringComparison.Ordinal);
        SmallDualEncoder.Make("clip_legacy_eos", _folder);
        File.WriteAllText(Path.Combine(_folder, "config.json"), """{"model_type": "clip"}""");
        Assert.Throws<InvalidDataException>(() => ClipModel.Load(_folder));
    }

    private static string Photo(string name) => Assets.Require($"data/photos/{name}");

    private ClipModel Load(string golden) => ClipModel.Load(SmallDualEncoder.Make(golden, _folder));
}

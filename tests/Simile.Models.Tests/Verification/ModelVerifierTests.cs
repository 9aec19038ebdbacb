using System.Security.Cryptography;
using System.Text.Json;
using Simile.Audio;
using Simile.Imaging;
using Simile.Models.Tests.Fuzz;
using Simile.Models.Verification;
using Simile.Testing;

namespace Simile.Models.Tests.Verification;

public sealed class ModelVerifierTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_built_in_model_is_what_its_authors_published()
    {
        var checks = ModelVerifier.Verify(TextEmbedder.BuiltIn);
        Assert.Contains(checks, check => check.What.StartsWith("vector", StringComparison.Ordinal));
        Assert.All(checks, check => Assert.Equal(CheckVerdict.Same, check.Verdict));
    }

    [Fact]
    public void Sounds_are_compared_by_their_features_and_vectors()
    {
        var model = Assets.Require("models/yamnet/yamnet_patch_int8w.onnx");
        var clip = Assets.Require("data/esc10/rain__1-21189-A.wav");
        File.WriteAllBytes(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "model")).FullName, "rain.wav"), File.ReadAllBytes(clip));
        using var embedder = SoundEmbedder.Load(model);
        var features = embedder.Extractor.Extract(Waveform.Load(clip)).Values;
        string Line(object line) => JsonSerializer.Serialize(line);
        string[] lines =
        [
            Line(new
            {
                audio = "rain.wav",
                features = features.Where((_, i) => i % 100 == 0),
                step = 100,
                mean = features.Average(),
                vector = embedder.Embed(clip),
            }),
            Line(new { audio = "rain.wav", mean = features.Average() + 1 }),
            Line(new { sweep = new[] { 100, 200, 1 }, vector = embedder.Embed(clip) }),
            Line(new { audio = "none.wav", mean = 1 }),
        ];
        var checks = ModelVerifier.Verify(
            model,
            new VerificationOptions { ReferenceFile = Write("sounds.jsonl", System.Text.Encoding.UTF8.GetBytes(string.Join("\n", lines))) })
            .Where(check => check.What != Path.GetFileName(model)).ToArray();
        Assert.Equal(
            [("features of rain.wav", CheckVerdict.Same), ("mean feature of rain.wav", CheckVerdict.Same),
                ("vector of rain.wav", CheckVerdict.Same), ("mean feature of rain.wav", CheckVerdict.Different),
                ("vector of a tone of 100 to 200 Hz", CheckVerdict.Different), ("none.wav", CheckVerdict.Different)],
            checks.Select(check => (check.What, check.Verdict)));
    }

    [Fact]
    public void A_published_model_is_known_by_its_name_or_by_its_weights()
    {
        var model = Assets.Require("models/all-MiniLM-L6-v2");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "renamed"), model);
        foreach (var path in new[] { model, Path.Combine(_folder, "renamed") })
        {
            var checks = ModelVerifier.Verify(path);
            Assert.DoesNotContain(checks, check => check.Verdict == CheckVerdict.Different);
            Assert.Contains(checks, check => check is { What: "model.safetensors", Verdict: CheckVerdict.Same });
            Assert.Equal(3, checks.Count(check => check is { Difference: < 1e-4, Verdict: CheckVerdict.Same }));
        }
    }

    [Fact]
    public void A_file_that_differs_from_its_listed_hash_or_is_missing_is_reported()
    {
        var good = Write("a.txt", "a"u8.ToArray());
        Write("b.txt", "b"u8.ToArray());
        var list = Path.Combine(_folder, "SHA256SUMS");
        File.WriteAllText(list, $"# ours\n{Sha256(good)}  ./model/a.txt\n".Replace("model/", string.Empty, StringComparison.Ordinal)
            + $"{Sha256(good)} *b.txt\n{Sha256(good)}  c.txt\n");
        var checks = ModelVerifier.Verify(Path.GetDirectoryName(good)!, new VerificationOptions { HashFile = list });
        Assert.Equal(
            [("a.txt", CheckVerdict.Same), ("b.txt", CheckVerdict.Different), ("c.txt", CheckVerdict.Different)],
            checks.Select(check => (check.What, check.Verdict)));
        Assert.Contains("missing", checks[2].Got, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_the_hubs_cache_are_compared_with_their_own_names()
    {
        var blobs = Directory.CreateDirectory(Path.Combine(_folder, "blobs")).FullName;
        var model = Directory.CreateDirectory(Path.Combine(_folder, "snapshot")).FullName;
        Link("good.txt", "ce013625030ba8dba906f756967f9e9ca394464a"); // what git calls "hello\n"
        Link("changed.txt", "ce013625030ba8dba906f756967f9e9ca394464b");
        Link("large.txt", Convert.ToHexStringLower(SHA256.HashData("hello\n"u8)));
        Assert.Equal(
            [("changed.txt", CheckVerdict.Different), ("good.txt", CheckVerdict.Same), ("large.txt", CheckVerdict.Same)],
            ModelVerifier.Verify(model).Select(check => (check.What, check.Verdict)));

        void Link(string name, string blob)
        {
            File.WriteAllText(Path.Combine(blobs, blob), "hello\n");
            File.CreateSymbolicLink(Path.Combine(model, name), Path.Combine(blobs, blob));
        }
    }

    [Fact]
    public void A_checkpoint_that_is_not_whole_is_reported_with_its_reason()
    {
        var path = Write("model.safetensors", SmallFiles.SafeTensors()[..^4]);
        Assert.Contains(
            ModelVerifier.Verify(Path.GetDirectoryName(path)!),
            check => check.Verdict == CheckVerdict.Different && check.Got.Contains("not inside the file", StringComparison.Ordinal));
    }

    [Fact]
    public void The_users_reference_is_compared_in_tokens_and_vectors()
    {
        using var model = TextEmbedder.Load();
        var (ids, vector) = (model.Tokenizer.Encode("a cat").Ids, model.Embed("a cat"));
        Assert.Equal([CheckVerdict.Same, CheckVerdict.Same], Against(new { text = "a cat", ids, vector }));
        Assert.Equal([CheckVerdict.Same, CheckVerdict.Same], Against(new { text = "a cat", ids, vector = vector.Select(x => 7 * x) }));
        Assert.Equal([CheckVerdict.Different, CheckVerdict.Same], Against(new { text = "a cat", ids = ids.Append(0), vector }));
        Assert.Equal([CheckVerdict.Same, CheckVerdict.Different], Against(new { text = "a cat", ids, vector = vector.Skip(1) }));
        Assert.Equal([CheckVerdict.Different], Against(new { text = "a dog", vector }));
        Assert.Equal([CheckVerdict.Different], Against(new { image = "cat.png", vector }));
    }

    [Fact]
    public void The_users_reference_is_compared_in_pixels()
    {
        var model = SmallDualEncoder.Make("clip_new_eos", Path.Combine(_folder, "clip"));
        var path = Path.Combine(_folder, "noise.png");
        new Picture(12, 12, 3, [.. Enumerable.Range(0, 432).Select(i => (byte)(i * 7))]).SavePng(path);
        using var clip = ClipModel.Load(model);
        var picture = Picture.Load(path);
        var (width, height) = clip.Images.Processor.OutputSize(picture.Width, picture.Height);
        var numbers = new float[3 * width * height];
        clip.Images.Processor.Process(picture, numbers);
        var (pixels, mean, vector) =
            (numbers.Where((_, i) => i % 7 == 0).ToArray(), numbers.Average(x => (double)x), clip.EmbedImage(path));
        Assert.Equal(
            [CheckVerdict.Same, CheckVerdict.Same, CheckVerdict.Same],
            Against(new { image = "noise.png", pixels, step = 7, mean, vector }, model));
        pixels[5] += 0.01f;
        Assert.Equal(
            [CheckVerdict.Different, CheckVerdict.Different],
            Against(new { image = "noise.png", pixels, step = 7, mean = mean + 0.01 }, model));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"txt\":\"a\"}")]
    [InlineData("{\"text\":\"a\",\"ids\":3}")]
    [InlineData("{\"text\":\"a\",\"ids\":[1e99]}")]
    [InlineData("{\"text\":\"a\",\"vector\":[\"x\"]}")]
    [InlineData("{\"image\":\"a\",\"mean\":\"x\"}")]
    [InlineData("{\"files\":{\"a\":\"12\"}}")]
    public void A_reference_of_another_form_is_refused_with_its_line(string line)
    {
        var path = Path.Combine(_folder, "reference.jsonl");
        File.WriteAllText(path, "{\"text\":\"good\"}\n" + line);
        var error = Assert.Throws<InvalidDataException>(
            () => ModelVerifier.Verify(TextEmbedder.BuiltIn, new VerificationOptions { ReferenceFile = path }));
        Assert.StartsWith($"Line 2 of {path}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_sha256sum_does_not_write_is_refused()
    {
        var path = Path.Combine(_folder, "sums");
        File.WriteAllText(path, "abc  model.safetensors\n");
        Assert.Throws<InvalidDataException>(() => ModelVerifier.Verify(TextEmbedder.BuiltIn, new VerificationOptions { HashFile = path }));
    }

    // The verdicts on values; those on files are left out.
    private CheckVerdict[] Against(object line, string model = TextEmbedder.BuiltIn)
    {
        var path = Path.Combine(_folder, "reference.jsonl");
        File.WriteAllText(path, JsonSerializer.Serialize(line));
        var kept = ModelVerifier.Verify(model).Count;
        return [.. ModelVerifier.Verify(model, new VerificationOptions { ReferenceFile = path }).Skip(kept).Select(check => check.Verdict)];
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "model")).FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}

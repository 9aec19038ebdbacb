using Simile.Testing;

namespace EndToEnd;

/// <summary>Texts, pictures and sounds in one store. The small models are not trained: only identical items have a known rank.</summary>
public sealed class MultimodalTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Find_answers_with_passages_and_pictures_and_says_of_which_kind_they_are()
    {
        SmallDualEncoder.Make("clip_legacy_eos", _tool.In("clip"));
        _tool.Write("mixed/tea.txt", "tea is hot\n");
        Copy("data/photos/chelsea.png", "mixed/cat.png");
        Copy("data/photos/coral_owl.jpg", "mixed/owl.jpg");
        var found = _tool.Run("find", "a photo of a cat", "mixed", "--model", "clip", "--json").Succeeds().Json;
        Assert.Equal(["image", "image", "passage"], found.Select(hit => hit.GetProperty("kind").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(
            found.Select(hit => hit.GetProperty("score").GetSingle()).OrderDescending(),
            found.Select(hit => hit.GetProperty("score").GetSingle()));
        Assert.Contains(found, hit => hit.GetProperty("path").GetString() == Path.Join("mixed", "cat.png"));
        var shown = _tool.Run("find", "a photo of a cat", "mixed", "--model", "clip").Succeeds().Output;
        Assert.Contains("cat.png  picture", shown, StringComparison.Ordinal);
        Assert.Contains("tea.txt:1", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sound_is_found_by_a_sound_with_its_seconds()
    {
        SmallDualEncoder.Make("clap", _tool.In("clap"));
        foreach (var name in new[] { "rain__1-21189-A", "rooster__1-27724-A", "dog_bark__1-30344-A" })
        {
            Copy($"data/esc10/{name}.wav", $"sounds/{name}.wav");
        }

        _tool.Write("sounds/broken.wav", "RIFF");
        File.WriteAllBytes(_tool.In("sounds/short.wav"), Shortened(File.ReadAllBytes(_tool.In("sounds/rain__1-21189-A.wav")), 2));
        File.WriteAllBytes(_tool.In("sounds/silent.wav"), Shortened(File.ReadAllBytes(_tool.In("sounds/rain__1-21189-A.wav")), 0));
        var made = _tool.Run("index", "sounds", "--model", "clap", "--json");
        Assert.True(made.Code == 3, made.Error);
        Assert.InRange(made.Json[0].GetProperty("sounds").GetInt32(), 3, 4); // two samples may be too few, or be repeated
        Assert.Contains("broken.wav", made.Error, StringComparison.Ordinal);
        Assert.Contains("silent.wav", made.Error, StringComparison.Ordinal);
        var best = _tool.Run("search", "--audio", "sounds/rooster__1-27724-A.wav", "--json").Succeeds().Json[0];
        Assert.Equal("rooster__1-27724-A.wav", Path.GetFileName(best.GetProperty("path").GetString()));
        Assert.Equal((0, 5), (best.GetProperty("from").GetDouble(), Math.Round(best.GetProperty("to").GetDouble(), 1)));
        Assert.Contains("sound 0:00–0:05", _tool.Run("search", "rain").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_sound_is_found_at_its_seconds()
    {
        SmallDualEncoder.Make("clap", _tool.In("clap"));
        var clip = File.ReadAllBytes(Assets.Require("data/esc10/rain__1-21189-A.wav"));
        var samples = Enumerable.Range(0, 5).SelectMany(_ => clip[44..]).ToArray();
        Directory.CreateDirectory(_tool.In("long"));
        File.WriteAllBytes(
            _tool.In("long/rain.wav"),
            [
                .. clip[..4], .. BitConverter.GetBytes(36 + samples.Length), .. clip[8..40], .. BitConverter.GetBytes(samples.Length),
                .. samples,
            ]);
        Assert.Equal(3, _tool.Run("index", "long", "--model", "clap", "--json").Succeeds().Json[0].GetProperty("sounds").GetInt32());
        var parts = _tool.Run("search", "rain", "--json").Succeeds().Json
            .Select(hit => (hit.GetProperty("from").GetDouble(), Math.Round(hit.GetProperty("to").GetDouble(), 1))).Order();
        Assert.Equal([(0, 10), (10, 20), (20, 25)], parts);
    }

    [Theory]
    [InlineData("clip_legacy_eos", "golden/images/decode", "images")]
    [InlineData("clap", "golden/audio/decode", "sounds")]
    public void Hostile_files_are_refused_one_by_one_and_all_others_are_indexed(string golden, string files, string kind)
    {
        SmallDualEncoder.Make(golden, _tool.In("model"));
        Directory.CreateDirectory(_tool.In("all"));
        var names = Directory.GetFiles(Assets.Require(files)).Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".safetensors", StringComparison.Ordinal))
            .ToArray();
        Array.ForEach(names, name => Copy($"{files}/{name}", $"all/{name}"));
        var made = _tool.Run("index", "all", "--model", "model", "--json");
        Assert.True(made.Code == 3, made.Error);
        Assert.DoesNotContain("unforeseen", made.Error, StringComparison.Ordinal);
        var count = made.Json[0].GetProperty(kind).GetInt32();
        Assert.Equal(names.Length, made.Json[0].GetProperty("added").GetInt32() + made.Json[0].GetProperty("skipped").GetInt32());
        // what ffmpeg reads is not everywhere
        Assert.InRange(count, names.Count(name => !name.StartsWith("broken", StringComparison.Ordinal)) - 6, names.Length);
    }

    [Fact]
    public void Classify_gives_each_file_its_labels()
    {
        SmallDualEncoder.Make("clip_legacy_eos", _tool.In("clip"));
        Copy("data/photos/chelsea.png", "cat.png");
        _tool.Write("tea.txt", "tea is hot");
        _tool.Write("broken.png", "no picture");
        _tool.Write("names.txt", "cat\ndog\n\nrain\n");
        var run = _tool.Run(
            "classify", "--labels", "names.txt", "--model", "clip", "--json", "--top", "2", "cat.png", "tea.txt", "broken.png");
        Assert.Equal(3, run.Code);
        Assert.Equal(["cat.png", "tea.txt"], run.Json.Select(line => line.GetProperty("path").GetString()));
        Assert.Equal(["image", "passage"], run.Json.Select(line => line.GetProperty("kind").GetString()));
        Assert.All(run.Json, line => Assert.Equal(2, line.GetProperty("labels").GetArrayLength()));
        var one = _tool.Run("classify", "--labels", "cat,dog", "--template", "a photo of a {}", "--model", "clip", "--json", "cat.png")
            .Succeeds().Json
            .Single();
        Assert.Equal(1, one.GetProperty("labels").EnumerateArray().Sum(label => label.GetProperty("probability").GetSingle()), 1e-4f);
        _tool.Run("classify", "--labels", "cat", "--template", "none", "--model", "clip", "cat.png").FailsWith(1, "{}");
        _tool.Run("classify", "--labels", ",", "--model", "clip", "cat.png").FailsWith(1, "--labels");
        _tool.Run("classify", "cat.png").FailsWith(1, "--labels");
        _tool.Run("classify", "--labels", "cat,dog", "broken.png", "--model", "clip").FailsWith(1, "broken.png");
    }

    [Fact]
    public void The_built_in_model_classifies_texts_by_names_alone()
    {
        _tool.Write("a.txt", "I want my money back, this is awful.");
        _tool.Write("b.txt", "Thank you, what a wonderful service!");
        var found = _tool.Run("classify", "--labels", "praise,complaint", "--json", "a.txt", "b.txt").Succeeds().Json;
        Assert.Equal(["complaint", "praise"], found.Select(line => line.GetProperty("labels")[0].GetProperty("label").GetString()));
    }

    [Fact]
    public void Similarity_and_embed_take_pictures()
    {
        SmallDualEncoder.Make("clip_legacy_eos", _tool.In("clip"));
        Copy("data/photos/chelsea.png", "cat.png");
        var pairs = _tool.Run("similarity", "cat.png", "a cat", "cat.png", "--model", "clip", "--json").Succeeds().Json;
        Assert.Equal(3, pairs.Length);
        Assert.Equal(pairs[0].GetProperty("score").GetSingle(), pairs[2].GetProperty("score").GetSingle(), 1e-6f);
        Assert.Equal(1, pairs[1].GetProperty("score").GetSingle(), 1e-5f);
        var vector = _tool.Run("embed", "cat.png", "--model", "clip").Succeeds().Json.Single();
        Assert.Equal(("cat.png", 24), (vector.GetProperty("path").GetString(), vector.GetProperty("vector").GetArrayLength()));
        Assert.Equal(
            1,
            _tool.Run("embed", "cat.png", "--model", "clip", "--out", "v.npy", "--json").Succeeds().Json.Single().GetProperty("count")
                .GetInt32());
        _tool.Run("embed", "cat.png", "--model", Assets.Require("models/all-MiniLM-L6-v2")).FailsWith(1, "picture");
        Assert.Equal(512, _tool.Run("embed", "cat.png").Succeeds().Json.Single().GetProperty("vector").GetArrayLength());
    }

    [Fact]
    public void The_built_in_model_finds_photos_and_sounds_by_words()
    {
        foreach (var file in (string[])
        [
            "photos/chelsea.png", "photos/rocket.jpg", "photos/coffee.png", "esc10/rain__1-21189-A.wav", "esc10/dog_bark__1-30344-A.wav",
        ])
        {
            Copy("data/" + file, Path.GetFileName(file));
        }

        File.WriteAllText(_tool.In("plants.txt"), "Brown leaf edges mean that the plant stands too dry.");
        foreach (var (words, path) in (ReadOnlySpan<(string, string)>)
        [
            ("一只猫", "chelsea.png"), ("rocket", "rocket.jpg"), ("rain", "rain__1-21189-A.wav"), ("why do leaves turn brown", "plants.txt"),
        ])
        {
            Assert.EndsWith(
                path,
                _tool.Run("find", words, ".", "--top", "1", "--json").Succeeds().Json.Single().GetProperty("path").GetString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_run_over_pictures_that_was_killed_is_carried_on_by_the_next_one()
    {
        SmallDualEncoder.Make("clip_legacy_eos", _tool.In("clip"));
        var photo = File.ReadAllBytes(Assets.Require("data/photos/chelsea.png"));
        Directory.CreateDirectory(_tool.In("photos"));
        for (var i = 0; i < 300; i++)
        {
            File.WriteAllBytes(_tool.In($"photos/{i:000}.png"), [.. photo, .. BitConverter.GetBytes(i)]);
        }

        using (var process = _tool.Start("index", "photos", "--model", "clip"))
        {
            SpinWait.SpinUntil(
                () => new FileInfo(_tool.In(".simile/store.db-wal")) is { Exists: true, Length: > 60_000 } || process.HasExited);
            process.Kill();
            process.WaitForExit();
        }

        var resumed = _tool.Run("index", "photos", "--model", "clip", "--json").Succeeds().Json.Single();
        Assert.Equal(
            (300, 300),
            (resumed.GetProperty("images").GetInt32(),
                resumed.GetProperty("unchanged").GetInt32() + resumed.GetProperty("added").GetInt32()));
        Assert.Equal(
            0, _tool.Run("index", "photos", "--model", "clip", "--json").Succeeds().Json.Single().GetProperty("embedded").GetInt32());
    }

    private static byte[] Shortened(byte[] clip, int samples) =>
        [
                .. clip[..4], .. BitConverter.GetBytes(36 + (2 * samples)), .. clip[8..40], .. BitConverter.GetBytes(2 * samples),
                .. clip.AsSpan(44, 2 * samples),
            ];

    private void Copy(string asset, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_tool.In(name))!);
        File.WriteAllBytes(_tool.In(name), File.ReadAllBytes(Assets.Require(asset)));
    }
}

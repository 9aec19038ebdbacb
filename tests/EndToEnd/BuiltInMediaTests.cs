using System.Text.Json;
using Simile.Testing;

namespace EndToEnd;

/// <summary>The built-in model over texts, photos and sounds together, as a fresh clone answers.</summary>
public sealed class BuiltInMediaTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void One_folder_of_texts_photos_and_sounds_answers_with_what_suits()
    {
        Fill();
        Assert.All(Find("a cat", 4), hit => Assert.True(IsCat(hit), hit));
        Assert.Contains("cat", First("一只猫"), StringComparison.Ordinal);
        Assert.Equal("rocket.jpg", First("a rocket"));
        Assert.Equal("coffee.png", First("coffee"));
        Assert.StartsWith("rain__", First("rain"), StringComparison.Ordinal);
        Assert.StartsWith("rooster__", First("rooster"), StringComparison.Ordinal);
        Assert.Equal("birds.md", First("which bird cannot fly"));
        Assert.Equal(
            ["image", "passage", "sound"],
            Hits("which bird cannot fly", 30).Select(hit => hit.GetProperty("kind").GetString()).Distinct().Order(StringComparer.Ordinal));

        static bool IsCat(string name) => name.Contains("cat", StringComparison.Ordinal) || name == "chelsea.png";
    }

    [Fact]
    public void A_store_is_searched_by_words_by_a_picture_and_by_a_sound()
    {
        Fill();
        var made = _tool.Run("index", "mixed", "--json").Succeeds().Json.Single();
        Assert.Equal((22, 40), (made.GetProperty("images").GetInt32(), made.GetProperty("sounds").GetInt32()));
        Assert.Equal("chelsea.png", Search("--image", "mixed/chelsea.png")[0]);
        Assert.All(
            Search("--image", "mixed/chelsea.png")[..3],
            name => Assert.True(name.Contains("cat", StringComparison.Ordinal) || name == "chelsea.png", name));
        Assert.All(
            Search("--audio", "mixed/rain__1-21189-A.wav")[..2], name => Assert.StartsWith("rain__", name, StringComparison.Ordinal));
        Assert.Equal(0, _tool.Run("index", "mixed", "--json").Succeeds().Json.Single().GetProperty("embedded").GetInt32());

        string[] Search(string option, string file) => [.. _tool.Run("search", option, file, "--json").Succeeds().Json.Select(Name)];
    }

    [Fact]
    public void One_kind_is_answered_where_it_is_asked_for()
    {
        _tool.Write("mixed/cat.txt", "A cat sleeps on the sofa.\n");
        File.Copy(Assets.Require("data/photos/chelsea.png"), _tool.In("mixed/cat.png"));
        File.Copy(Assets.Require("data/esc10/rain__1-21189-A.wav"), _tool.In("mixed/rain.wav"));
        _tool.Run("index", "mixed").Succeeds();
        foreach (var (kind, name) in new[] { ("text", "cat.txt"), ("image", "cat.png"), ("sound", "rain.wav") })
        {
            Assert.Equal([name], _tool.Run("find", "a cat", "mixed", "--json", "--kind", kind).Succeeds().Json.Select(Name));
            Assert.Equal([name], _tool.Run("search", "a cat", "--json", "--kind", kind.ToUpperInvariant()).Succeeds().Json.Select(Name));
        }

        Assert.Equal(
            ["cat.png", "cat.txt"],
            _tool.Run("search", "a cat", "--json", "--kind", "image", "--kind", "text").Succeeds().Json.Select(Name)
                .Order(StringComparer.Ordinal));
        Assert.Equal(3, _tool.Run("search", "a cat", "--json").Succeeds().Json.Length);
        _tool.Run("search", "a cat", "--kind", "smell").FailsWith(2, "--kind takes text, image, sound, not 'smell'");

        File.Delete(_tool.In("mixed/rain.wav"));
        _tool.Run("find", "rain", "mixed", "--kind", "sound").FailsWith(1, "no sound");
        _tool.Run("index", "mixed").Succeeds();
        _tool.Run("search", "rain", "--kind", "sound").FailsWith(1, "no sound");
    }

    [Fact]
    public void The_score_of_a_picture_does_not_depend_on_what_else_lies_in_the_folder()
    {
        Directory.CreateDirectory(_tool.In("mixed"));
        File.Copy(Assets.Require("data/photos/chelsea.png"), _tool.In("mixed/cat.png"));
        var alone = Score();
        _tool.Write("mixed/letter.txt", "The invoice is due in March.\n");
        Assert.Equal(alone, Score());

        // By meaning alone: words count by their rarity in the folder.
        float Score() => Hits("a cat", 5, "--mode", "vector").Single(hit => Name(hit) == "cat.png").GetProperty("score").GetSingle();
    }

    [Fact]
    public void Pictures_and_sounds_are_classified_by_names_alone()
    {
        Fill();
        var found = _tool.Run(
            "classify", "--labels", "cat,dog,rocket,coffee", "--json", "--top", "1", "mixed/chelsea.png",
            "mixed/rocket.jpg", "mixed/coffee.png", "mixed/dog_bark__1-30344-A.wav")
            .Succeeds().Json;
        Assert.Equal(
            ["cat", "rocket", "coffee", "dog"], found.Select(line => line.GetProperty("labels")[0].GetProperty("label").GetString()));
        Assert.Equal(["image", "image", "image", "sound"], found.Select(line => line.GetProperty("kind").GetString()));
    }

    private void Fill()
    {
        Directory.CreateDirectory(_tool.In("mixed"));
        string[] folders = [Assets.Require("data/photos"), Assets.Require("data/esc10"), Path.Combine(Assets.Repository, "samples")];
        foreach (var file in folders.SelectMany(Directory.GetFiles)
            .Where(file => Path.GetExtension(file) is ".png" or ".jpg" or ".wav" or ".md"))
        {
            File.WriteAllBytes(_tool.In($"mixed/{Path.GetFileName(file)}"), File.ReadAllBytes(file));
        }
    }

    private string First(string query) => Find(query, 1)[0];

    private string[] Find(string query, int top) => [.. Hits(query, top).Select(Name)];

    private JsonElement[] Hits(string query, int top, params string[] options) =>
        _tool.Run(["find", query, "mixed", "--json", "--top", $"{top}", .. options]).Succeeds().Json;

    private static string Name(JsonElement hit) => Path.GetFileName(hit.GetProperty("path").GetString()!);
}

using Simile.Audio;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Projection;

public class BuiltInJoinTests
{
    public static TheoryData<string, string, int> Words => new()
    {
        { "en", "cat=cat,dog=dog,parrot=parrot,coffee=coffee,rocket=rocket,dragonfly=dragonfly", 6 },
        { "zh", "猫=cat,狗=dog,鹦鹉=parrot,咖啡=coffee,火箭=rocket,蜻蜓=dragonfly", 4 },
        { "de", "Katze=cat,Hund=dog,Papagei=parrot,Kaffee=coffee,Rakete=rocket,Libelle=dragonfly", 4 },
        { "es", "gato=cat,perro=dog,loro=parrot,café=coffee,cohete=rocket,libélula=dragonfly", 4 },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Photos_are_found_by_words_of_several_languages(string language, string words, int least)
    {
        using var model = MultimodalModel.Load();
        var photos = Directory.GetFiles(Assets.Require("data/photos")).Where(file => Path.GetExtension(file) is ".png" or ".jpg")
            .Order(StringComparer.Ordinal)
            .ToArray();
        var embedded = model.EmbedImages(photos);
        Assert.Empty(embedded.Refused);
        var missed = words.Split(',').Select(pair => pair.Split('='))
            .Where(pair => !Path.GetFileName(photos[Best(model.EmbedQuery(pair[0], MediaKind.Image), embedded.Vectors)])
                .Contains(pair[1], StringComparison.Ordinal))
            .Select(pair => pair[0])
            .ToList();
        Assert.True(6 - missed.Count >= least, $"{language}: {string.Join(", ", missed)} were not found first.");
    }

    [Theory]
    [InlineData("{}", 0.8)]
    [InlineData("the sound of {}", 0.8)]
    public void Sounds_are_told_apart_by_words(string template, double least)
    {
        using var model = MultimodalModel.Load();
        var files = Directory.GetFiles(Assets.Require("data/esc10"), "*.wav").Order(StringComparer.Ordinal).ToArray();
        var vectors = model.EmbedSounds([.. files.Select(Waveform.Load)]);
        var words = files.Select(Word).Distinct().ToArray();
        var classes = new VectorMatrix(words.Length, model.Dimensions);
        for (var i = 0; i < words.Length; i++)
        {
            model.EmbedQuery(template.Replace("{}", words[i], StringComparison.Ordinal), MediaKind.Sound).CopyTo(classes[i]);
        }

        var right = files.Where((file, i) => Word(file) == words[Best(vectors[i], classes)]).Count();
        Assert.InRange(right / (double)files.Length, least, 1);
    }

    [Fact]
    public void Whatever_is_heard_lies_in_the_space_of_texts()
    {
        using var model = MultimodalModel.Load();
        Assert.Equal([MediaKind.Text, MediaKind.Image, MediaKind.Sound], model.Kinds);
        var samples = new float[48000];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = MathF.Sin(i * 0.4f) / 2;
        }

        var vectors = model.EmbedSounds([new Waveform(samples, 16000), new Waveform(new float[100], 44100)]);
        Assert.Equal((2, 512), (vectors.Count, vectors.Dimensions));
        Assert.Equal(1, VectorMath.Norm(vectors[0]), 1e-4f);
        Assert.Equal(1, VectorMath.Norm(vectors[1]), 1e-4f);
        Assert.True(VectorMath.Dot(model.EmbedQuery("beep", MediaKind.Sound), vectors[0])
            > VectorMath.Dot(model.EmbedQuery("a dog barking", MediaKind.Sound), vectors[0]));
        Assert.Equal(model.EmbedQuery("the sound of rain", MediaKind.Sound), model.Texts.Embed("the sound of rain"));
    }

    // dog_bark__1-59513-A.wav
    private static string Word(string file) => Path.GetFileName(file).Split("__")[0].Replace('_', ' ');

    private static int Best(ReadOnlySpan<float> query, VectorMatrix vectors)
    {
        var best = 0;
        for (var i = 1; i < vectors.Count; i++)
        {
            best = VectorMath.Dot(query, vectors[i]) > VectorMath.Dot(query, vectors[best]) ? i : best;
        }

        return best;
    }
}

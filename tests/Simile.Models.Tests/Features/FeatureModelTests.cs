using Simile.Imaging;
using Simile.Models.Features;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Models.Tests.Features;

public class FeatureModelTests
{
    [Fact]
    public void Features_are_loaded_by_name_and_stand_side_by_side()
    {
        using var model = MultimodalModel.Load("features/hog(64x64)+color+lbp");
        Assert.Equal("features/hog(64x64,9,cell=8x8,block=2x2,l2hys)+color(hsv,18x8x8)+lbp(p=8,r=1,uniform)", model.Name);
        Assert.Equal(1764 + 34 + 10, model.Dimensions);
        Assert.Equal([MediaKind.Image], model.Kinds);
        var vector = model.EmbedImage(Noise(80, 60));
        Assert.Equal(1, VectorMath.Norm(vector), 1e-5f);
        Assert.Equal(Math.Sqrt(1 / 3.0), VectorMath.Norm(vector.AsSpan()[1764..1798]), 1e-5);
        using var again = MultimodalModel.Load(model.Name);
        Assert.Equal(vector, again.EmbedImage(Noise(80, 60)));
    }

    [Fact]
    public void A_single_feature_computes_its_own_numbers()
    {
        using var model = FeatureModel.Load("features/pixels(4x4,bytes)");
        Assert.All(model.Compute(Noise(4, 4)), level => Assert.Equal(MathF.Round(level), level));
        Assert.Equal(model.EmbedImage(Noise(4, 4)), VectorMath.Normalize(model.Compute(Noise(4, 4))));
    }

    [Theory]
    [InlineData("features/hog+mfcc", "mixes")]
    [InlineData("features/hog+", "empty")]
    [InlineData("features/face", "picture feature \"face\" does not exist")]
    [InlineData("features/mfcc(0)", "no feature of sounds")]
    [InlineData("hog", "begins with features/")]
    public void What_is_no_feature_is_refused_in_a_sentence(string name, string reason)
    {
        var message = Assert.ThrowsAny<ArgumentException>(() => FeatureModel.Load(name)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_no_pictures_are_refused_and_the_rest_is_done()
    {
        var folder = Assets.Require("golden/features/images");
        using var model = FeatureModel.Load("features/phash");
        var vectors =
            model.EmbedImages([Path.Combine(folder, "cat.png"), Path.Combine(folder, "case.json"), Path.Combine(folder, "parrot.png")]);
        Assert.Equal([0, 2], vectors.Files);
        Assert.Equal(1, Assert.Single(vectors.Refused).File);
    }

    [Fact]
    public void Sounds_of_one_class_are_nearer_than_those_of_others()
    {
        var files = Directory.GetFiles(Assets.Require("data/esc10"), "*.wav").Order().ToArray();
        using var model = FeatureModel.Load("features/mfcc+spectral");
        var vectors = model.EmbedSounds([.. files.Select(file => Simile.Audio.Waveform.Load(file))]);
        var right = Enumerable.Range(0, files.Length).Count(i => Class(files[i])
            == Class(files[Enumerable.Range(0, files.Length).Where(j => j != i).MaxBy(j => VectorMath.Cosine(vectors[i], vectors[j]))]));
        Assert.True(right > files.Length / 2, $"{right} of {files.Length}");
    }

    private static string Class(string path) => Path.GetFileName(path).Split("__")[0];

    private static Picture Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(1).NextBytes(pixels);
        return new Picture(width, height, 3, pixels);
    }
}

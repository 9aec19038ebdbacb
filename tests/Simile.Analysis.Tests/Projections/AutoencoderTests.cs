using System.IO.Compression;
using Simile.Numerics;
using Simile.Testing;

namespace Simile.Analysis.Tests.Projections;

public class AutoencoderTests
{
    // Points of a curved line in 12 dimensions, which one number describes.
    private static VectorMatrix Curve(int count)
    {
        var rows = new VectorMatrix(count, 12);
        for (var i = 0; i < count; i++)
        {
            var t = (float)new Random(i).NextDouble();
            for (var j = 0; j < 12; j++)
            {
                rows[i][j] = (5 * MathF.Sin((1 + (j / 3)) * 1.5f * t)) + 100;
            }
        }

        return rows;
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void A_curve_is_rebuilt_from_one_number_far_better_than_by_one_principal_component(Activation activation)
    {
        var rows = Curve(1200);
        var autoencoder = Autoencoder.Fit(rows, new AutoencoderOptions
        {
            Components = 1,
            Hidden = [32, 16],
            Activation = activation,
            LearningRate = 3e-3,
            Epochs = 300,
            BatchSize = 32,
            Patience = 100,
        });
        var pca = Pca.Fit(rows, new PcaOptions { Components = 1 });
        Assert.True(autoencoder.ReconstructionError(rows) < 0.2 * pca.ReconstructionError(rows));
    }

    [Fact]
    public void Pictures_that_it_has_not_seen_are_rebuilt_better_than_by_as_many_principal_components()
    {
        var pictures = Mnist();
        var (fitted, others) = (pictures.Slice(0, 8000), pictures.Slice(8000, 2000));
        var autoencoder = Autoencoder.Fit(
            fitted, new AutoencoderOptions { Components = 32, Hidden = [256], LearningRate = 3e-3, Epochs = 15 });
        var pca = Pca.Fit(fitted, new PcaOptions { Components = 32 });
        var (own, linear) = (autoencoder.ReconstructionError(others), pca.ReconstructionError(others));
        Assert.True(own < 0.85 * linear, $"{own} is not well below {linear}.");
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void Training_follows_the_slope_of_the_error(Activation activation)
    {
        var x = new float[] { -3, -1, -0.2f, 0.1f, 0.7f, 2, 5, -0.6f, 1.1f };
        var slopes = Enumerable.Repeat(1f, x.Length).ToArray();
        var (above, below) = (new float[x.Length], new float[x.Length]);
        Simile.Analysis.Projections.Activations.Back(activation, x, slopes);
        Simile.Analysis.Projections.Activations.Apply(activation, [.. x.Select(v => v + 1e-3f)], above);
        Simile.Analysis.Projections.Activations.Apply(activation, [.. x.Select(v => v - 1e-3f)], below);
        for (var i = 0; i < x.Length; i++)
        {
            Assert.Equal((above[i] - below[i]) / 2e-3f, slopes[i], 2e-3f);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_codes()
    {
        var rows = Curve(300);
        var options = new AutoencoderOptions { Components = 2, Hidden = [16], Epochs = 5 };
        Assert.Equal(
            Autoencoder.Fit(rows, options).Encode(rows).AsSpan().ToArray(), Autoencoder.Fit(rows, options).Encode(rows).AsSpan().ToArray());
    }

    [Fact]
    public void A_saved_autoencoder_gives_the_same_codes_and_a_damaged_one_is_refused()
    {
        var rows = Curve(100);
        var autoencoder = Autoencoder.Fit(
            rows, new AutoencoderOptions { Components = 2, Hidden = [8], Epochs = 3, Activation = Activation.Gelu });
        var folder = Assets.NewFolder();
        var path = Path.Combine(folder, "a.autoencoder");
        autoencoder.Save(path);
        Assert.Equal(autoencoder.Encode(rows).AsSpan().ToArray(), Autoencoder.Load(path).Encode(rows).AsSpan().ToArray());
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x41;
            File.WriteAllBytes(path, damaged);
            Assert.Throws<InvalidDataException>(() => Autoencoder.Load(path));
        }

        File.WriteAllBytes(path, bytes[..^9]);
        Assert.Throws<InvalidDataException>(() => Autoencoder.Load(path));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Few_and_equal_rows_are_learned_and_bad_input_is_refused_in_a_sentence()
    {
        var options = new AutoencoderOptions { Components = 2, Hidden = [4], Epochs = 2 };
        var equal = new VectorMatrix(Enumerable.Repeat(2f, 40).ToArray(), 4);
        Assert.All(Autoencoder.Fit(equal, options).Encode(equal).AsSpan().ToArray(), v => Assert.True(float.IsFinite(v)));
        Assert.Equal(2, Autoencoder.Fit(TestRows.Normal(2, 4), options with { HeldOut = 0 }).Components);
        Assert.StartsWith(
            "1 rows are too few", Assert.Throws<ArgumentException>(() => Autoencoder.Fit(TestRows.Normal(1, 4), options)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Autoencoder.Fit(equal, options with { Components = 0 }));
        var rows = TestRows.Normal(9, 4);
        Assert.Contains(
            "dimensions", Assert.Throws<ArgumentException>(() => Autoencoder.Fit(rows, options).Encode(TestRows.Normal(9, 5))).Message);
        Assert.ThrowsAny<OperationCanceledException>(() => Autoencoder.Fit(rows, options, cancellationToken: new CancellationToken(true)));
        rows[2][2] = float.PositiveInfinity;
        Assert.Throws<ArgumentException>(() => Autoencoder.Fit(rows, options));
    }

    private static VectorMatrix Mnist()
    {
        using var zipped = new GZipStream(
            File.OpenRead(Assets.Require("data/mnist/t10k-images-idx3-ubyte.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zipped.CopyTo(bytes);
        return new VectorMatrix(Array.ConvertAll(bytes.ToArray()[16..], b => b / 255f), 784);
    }
}

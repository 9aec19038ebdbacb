using System.Globalization;
using System.Text.Json;
using Simile.Models.BuiltIn;
using Simile.Testing;

namespace Simile.Models.Tests.BuiltIn;

/// <summary>The built-in model against the reference's own figures, below SIMILE_ASSETS.</summary>
public sealed class BuiltInGoldenTests
{
    private const string Model = "models/use-multilingual-v3";

    [Fact]
    public void Packed_vectors_are_within_a_thousandth_of_the_reference()
    {
        var folder = Assets.Require(Model);
        using var embedder = TextEmbedder.Load();
        Check(embedder, folder, 1e-3f);
    }

    [Fact]
    public void Vectors_from_the_folder_are_within_a_ten_thousandth_of_the_reference()
    {
        var folder = Assets.Require(Model);
        using var embedder = TextEmbedder.Load(folder);
        Check(embedder, folder, 1e-4f);
    }

    [Fact]
    public void Packing_the_model_again_gives_the_bytes_of_the_repository()
    {
        var folder = Assets.Require(Model);
        var work = Assets.NewFolder();
        try
        {
            var packed = Path.Combine(work, "again.simd");
            BuiltInModel.Pack(folder, packed);
            BuiltInModel.Join(
                packed,
                (Assets.Require("models/mobilenet-v2-imagenet/mobilenet_v2_int8w.onnx"),
                    Assets.Require("models/mobilenet-v2-imagenet/imagenet_labels_1001.txt")),
                (Assets.Require("models/yamnet/yamnet_patch_int8w.onnx"), Assets.Require("models/yamnet/yamnet_class_map.csv")));
            var committed = File.ReadAllBytes(Path.Combine(Assets.Repository, "src/Simile.Models/BuiltIn", BuiltInModel.FileName));
            Assert.True(committed.AsSpan().SequenceEqual(File.ReadAllBytes(packed)));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    [Theory]
    [InlineData("en", .8343, .8330)]
    [InlineData("zh", .8011, .7967)]
    [InlineData("de", .8080, .8054)]
    [InlineData("fr", .8026, .7982)]
    public void Similarities_correlate_with_people_as_the_reference_does(string language, double pearson, double spearman)
    {
        var pairs = ReadPairs(Assets.Require($"data/text/stsb/stsb-{language}-dev.csv"));
        using var embedder = TextEmbedder.Load();
        var (a, b) = (embedder.Embed([.. pairs.Select(pair => pair.A)]), embedder.Embed([.. pairs.Select(pair => pair.B)]));
        double[] scores = [.. Enumerable.Range(0, pairs.Count)
            .Select(i => (double)System.Numerics.Tensors.TensorPrimitives.Dot<float>(a[i], b[i]))];
        double[] people = [.. pairs.Select(pair => pair.Score)];
        Assert.Equal(pearson, Pearson(scores, people), .002);
        Assert.Equal(spearman, Pearson(Ranks(scores), Ranks(people)), .002);
    }

    private static void Check(TextEmbedder embedder, string folder, float tolerance)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
        var cases = golden.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        Assert.NotEmpty(cases);
        var together = embedder.Embed([.. cases.Select(Text)]);
        for (var i = 0; i < cases.Length; i++)
        {
            Assert.Equal(
                cases[i].GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()), embedder.Tokenizer.Encode(Text(cases[i])).Ids);
            float[] expected = [.. cases[i].GetProperty("embedding").EnumerateArray().Select(x => x.GetSingle())];
            Assert.Equal(expected, together[i].ToArray(), (x, y) => Math.Abs(x - y) <= tolerance);
            Assert.Equal(expected, embedder.Embed(Text(cases[i])), (x, y) => Math.Abs(x - y) <= tolerance);
        }

        static string Text(JsonElement @case) => @case.GetProperty("text").GetString()!;
    }

    private static List<(string A, string B, double Score)> ReadPairs(string path)
    {
        var pairs = new List<(string, string, double)>();
        foreach (var line in File.ReadLines(path))
        {
            var cells = new List<string>();
            for (var at = 0; at <= line.Length;)
            {
                cells.Add(ReadCell(line, ref at));
            }

            pairs.Add((cells[0], cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture)));
        }

        return pairs;
    }

    private static string ReadCell(string line, ref int at)
    {
        var cell = new System.Text.StringBuilder();
        for (var quoted = false; at < line.Length && (quoted || line[at] != ','); at++)
        {
            if (line[at] != '"')
            {
                cell.Append(line[at]);
            }
            else if (quoted && at + 1 < line.Length && line[at + 1] == '"')
            {
                cell.Append(line[at++]);
            }
            else
            {
                quoted = !quoted;
            }
        }

        at++;
        return cell.ToString();
    }

    private static double Pearson(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var products = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return products / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }

        return ranks;
    }
}

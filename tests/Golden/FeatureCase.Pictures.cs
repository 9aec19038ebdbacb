using System.Text.Json;
using Simile.Imaging;
using Simile.Imaging.Features;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Features of pictures, by the parameters of each case.</content>
internal static partial class FeatureCase
{
    private static void CheckPictures(string folder, JsonElement info)
    {
        using var expected = SafeTensors.Open(Path.Combine(folder, info.GetProperty("tensors").GetString()!));
        var differences = new List<string>();
        foreach (var @case in info.GetProperty("cases").EnumerateArray())
        {
            var tensor = @case.GetProperty("tensor").GetString()!;
            var picture = Picture.Load(Path.Combine(folder, @case.GetProperty("picture").GetString()!));
            var actual = Feature(@case.GetProperty("feature").GetString()!, @case.GetProperty("params"), picture);
            Compare(tensor, expected[tensor].ToFloats().Span, actual, @case.GetProperty("tolerance").GetDouble(), differences);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static float[] Feature(string name, JsonElement parameters, Picture picture) => name switch
    {
        "grey" or "gray" => Array.ConvertAll(picture.ToGray().Pixels.ToArray(), level => (float)level),
        _ when name.StartsWith("hog", StringComparison.Ordinal) => HogOf(parameters).Compute(picture),
        _ when name.StartsWith("hist", StringComparison.Ordinal) => HistogramOf(name, parameters).Compute(picture),
        _ when name.StartsWith("pixels", StringComparison.Ordinal) => PixelsOf(name).Compute(picture),
        _ => throw new NotSupportedException($"The feature {name} is not known."),
    };

    private static Hog HogOf(JsonElement parameters)
    {
        var of = parameters.GetProperty("of").GetString()!;
        var words = of.Split(' ');
        var at = Array.IndexOf(words, "x");
        return new Hog
        {
            Size = at < 0 ? null : (int.Parse(words[at - 1], null), int.Parse(words[at + 1], null)),
            IsColor = of.StartsWith("RGB", StringComparison.Ordinal),
            Orientations = parameters.GetProperty("orientations").GetInt32(),
            PixelsPerCell = Pair(parameters.GetProperty("pixels_per_cell")),
            CellsPerBlock = Pair(parameters.GetProperty("cells_per_block")),
            BlockNorm = Enum.Parse<BlockNorm>(
                parameters.GetProperty("block_norm").GetString()!.Replace("-", string.Empty, StringComparison.Ordinal), ignoreCase: true),
            TakesSquareRoot = parameters.TryGetProperty("transform_sqrt", out var root) && root.GetBoolean(),
        };
    }

    private static (int, int) Pair(JsonElement pair) => (pair[0].GetInt32(), pair[1].GetInt32());

    private static ColorHistogram HistogramOf(string name, JsonElement parameters)
    {
        var bins = parameters.GetProperty("bins");
        return new ColorHistogram
        {
            Space = name.Contains("hsv", StringComparison.Ordinal) ? ColorSpace.Hsv
                : name.Contains("lab", StringComparison.Ordinal) ? ColorSpace.Lab
                : ColorSpace.Rgb,
            Bins = bins.ValueKind == JsonValueKind.Array
                ? (bins[0].GetInt32(), bins[1].GetInt32(), bins[2].GetInt32())
                : (bins.GetInt32(), bins.GetInt32(), bins.GetInt32()),
            IsJoint = parameters.TryGetProperty("index", out _),
            IsCount = parameters.GetProperty("norm").GetString() == "counts",
        };
    }

    // pixels_28x28 and pixels_28x28_unit: the name contains the size.
    private static GrayPixels PixelsOf(string name)
    {
        var size = name.Split('_')[1].Split('x');
        return new GrayPixels
        {
            Width = int.Parse(size[0], null),
            Height = int.Parse(size[1], null),
            IsUnit = name.EndsWith("unit", StringComparison.Ordinal),
        };
    }
}

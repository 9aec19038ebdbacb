using System.Text.Json;
using Simile.Imaging;
using Simile.Models.Checkpoints;

namespace Golden;

/// <summary>A folder of golden/images: decoded, resized or preprocessed pictures.</summary>
internal static partial class ImageCase
{
    private const int ShownDifferences = 8;

    public static void Check(string folder)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        var info = file.RootElement;
        var differences = new List<string>();
        switch (Path.GetFileName(folder))
        {
            case "resize":
                CheckResize(folder, info, differences);
                break;
            case "decode":
                CheckDecode(folder, info, differences);
                break;
            default:
                CheckProcessor(folder, info, differences);
                break;
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences: {string.Join("\n", differences.Take(ShownDifferences))}");
    }

    private static Picture ToPicture(Tensor tensor) =>
        new((int)tensor.Shape[1], (int)tensor.Shape[0], tensor.Shape.Length == 3 ? (int)tensor.Shape[2] : 1, tensor.Bytes.ToArray());

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The largest difference, and the number of differing bytes.</summary>
    private static (int Greatest, int Count) Compare(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (greatest, count) = (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(expected[i] - actual[i]);
            greatest = Math.Max(greatest, difference);
            count += difference > 0 ? 1 : 0;
        }

        return (greatest, count);
    }
}

using System.Text.Json;

namespace Golden;

/// <summary>A folder of golden/features: features of pictures, or rows of tables to vectors.</summary>
internal static partial class FeatureCase
{
    public static void Check(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        var info = document.RootElement;
        if (info.GetProperty("cases")[0].TryGetProperty("picture", out _))
        {
            CheckPictures(folder, info);
        }
        else
        {
            CheckTable(folder, info);
        }
    }

    private static void Compare(
        string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, List<string> differences)
    {
        if (expected.Length != actual.Length)
        {
            differences.Add($"{what}: {actual.Length} numbers where {expected.Length} were expected");
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                differences.Add($"{what}: number {i} is {actual[i]} where the reference has {expected[i]} (tolerance {tolerance})");
                return;
            }
        }
    }
}

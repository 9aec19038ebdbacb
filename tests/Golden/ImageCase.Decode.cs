using System.Text.Json;
using Simile.Imaging;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Decoding: equal where the case asks for it, and a sentence for every broken file.</content>
internal static partial class ImageCase
{
    private static void CheckDecode(string folder, JsonElement info, List<string> differences)
    {
        using var expected = SafeTensors.Open(Path.Combine(folder, "expected.safetensors"));
        var reported = new List<string>();
        foreach (var line in info.GetProperty("cases").EnumerateArray())
        {
            var name = Text(line, "file")!;
            var path = Path.Combine(folder, name);
            if (Text(line, "expect") == "rgb")
            {
                CheckPicture(path, line, expected, differences, reported);
            }
            else
            {
                CheckBroken(path, Text(line, "expect")! != "refused" ? expected.Find(name) : null, differences);
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            reported.Count == 0 ? "Every picture is equal to Pillow's, JPEG too." : string.Join("\n", reported));
    }

    private static void CheckPicture(string path, JsonElement line, Checkpoint expected, List<string> differences, List<string> reported)
    {
        var name = Path.GetFileName(path);
        try
        {
            var picture = Picture.Load(path);
            var tolerance = line.GetProperty("other_decoder_tolerance").GetInt32();
            var difference = Compare(expected[name].Bytes.Span, picture.Pixels);
            if (difference.Greatest > tolerance && Text(line, "or") is { } other)
            {
                difference = Compare(expected[other].Bytes.Span, picture.Pixels);
            }

            (difference.Greatest > tolerance ? differences : reported).AddRange(
                difference.Count > 0
                    ? [$"{name}: {difference.Count} bytes differ from Pillow's, by up to {difference.Greatest}"]
                    : Array.Empty<string>());
            if (Text(line, "white") is { } white
                && Compare(expected[white].Bytes.Span, Picture.Load(path, AlphaMode.White).Pixels) is { Count: > 0 } onWhite
                && onWhite.Greatest > tolerance)
            {
                differences.Add($"{name} on white: {onWhite.Count} bytes differ, by up to {onWhite.Greatest}");
            }
        }
        catch (InvalidDataException e)
        {
            (line.GetProperty("required").GetBoolean() ? differences : reported).Add($"refused: {e.Message}");
        }
    }

    private static void CheckBroken(string path, Tensor? accepted, List<string> differences)
    {
        try
        {
            var picture = Picture.Load(path);
            if (accepted is null || Compare(accepted.Bytes.Span, picture.Pixels).Count > 0)
            {
                differences.Add($"{Path.GetFileName(path)} was not refused");
            }
        }
        catch (InvalidDataException e)
        {
            Assert.Contains(Path.GetFileName(path), e.Message, StringComparison.Ordinal);
        }
    }
}

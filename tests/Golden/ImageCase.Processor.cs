using System.Security.Cryptography;
using System.Text.Json;
using Simile.Imaging;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Preprocessed pictures: bytes before rescaling, floats after.</content>
internal static partial class ImageCase
{
    private static void CheckProcessor(string folder, JsonElement info, List<string> differences)
    {
        using var expected = SafeTensors.Open(Path.Combine(folder, "expected.safetensors"));
        var oldFile = Path.Combine(folder, "before_pillow13.safetensors");
        using var before = File.Exists(oldFile) ? SafeTensors.Open(oldFile) : null;
        foreach (var line in info.GetProperty("cases").EnumerateArray())
        {
            var backend = Enum.Parse<ImageBackend>(Text(line, "backend") == "pil" ? "Pillow" : "TorchVision");
            var tolerance = info.GetProperty("tolerance").GetProperty(Text(line, "backend")!);
            var picture = Picture.Load(Path.Combine(Path.GetDirectoryName(folder)!, "inputs", Text(line, "input")!));
            foreach (var order in Enum.GetValues<PassOrder>())
            {
                var processor = ImageProcessor.Load(folder, backend, order);
                var isOld = order == PassOrder.HorizontalFirst && line.TryGetProperty("before13", out var old)
                    && old.ValueKind == JsonValueKind.Object;
                var at = $"{Path.GetFileName(folder)} {Text(line, "input")} {backend} {order}";
                CheckBytes(
                    at,
                    line,
                    processor.Prepare(picture),
                    isOld ? before : expected,
                    isOld ? line.GetProperty("before13") : line,
                    tolerance,
                    differences);
                if (!isOld)
                {
                    CheckFloats(at, line, processor, picture, expected, differences);
                }
            }
        }
    }

    private static void CheckBytes(
        string at,
        JsonElement line,
        Picture actual,
        Checkpoint? tensors,
        JsonElement expected,
        JsonElement tolerance,
        List<string> differences)
    {
        var planes = Planes<byte>(actual.Pixels);
        var shape = line.GetProperty("shape");
        Assert.Equal((shape[1].GetInt32(), shape[2].GetInt32()), (actual.Height, actual.Width));
        if (Convert.ToHexStringLower(SHA256.HashData(planes)) == Text(expected, "u8_sha256"))
        {
            return;
        }

        var stored = tensors![Text(expected, "u8")!];
        var rows = Rows(expected.TryGetProperty("u8_rows", out var some) ? some : line.GetProperty("u8_rows"), actual.Height);
        var (greatest, count) = Compare(stored.Bytes.Span, Take(planes, rows, actual.Height, actual.Width));
        var share = count / (double)stored.Length;
        if (greatest > tolerance.GetProperty("u8_max").GetInt32() || share > tolerance.GetProperty("u8_share").GetDouble()
            || (greatest == 0 && tolerance.GetProperty("u8_max").GetInt32() == 0))
        {
            differences.Add($"{at}: bytes differ by up to {greatest}, {share:P2} of the rows kept (the whole has another hash)");
        }
    }

    private static void CheckFloats(
        string at, JsonElement line, ImageProcessor processor, Picture picture, Checkpoint tensors, List<string> differences)
    {
        var (width, height) = processor.OutputSize(picture.Width, picture.Height);
        var actual = new float[3 * width * height];
        processor.Process(picture, actual);
        var rows = Rows(line.GetProperty("f32_rows"), height);
        var stored = tensors[Text(line, "f32")!].ToFloats().Span;
        var taken = Take<float>(actual, rows, height, width);
        var agrees = BytesAgree(line, processor.Prepare(picture), tensors, rows);
        var worst = 0f;
        for (var i = 0; i < stored.Length; i++)
        {
            worst = agrees[i] ? Math.Max(worst, Math.Abs(stored[i] - taken[i])) : worst;
        }

        if (!(worst <= 1e-5f))
        {
            differences.Add($"{at}: floats differ by up to {worst}");
        }
    }

    // Floats are compared if the byte agrees. A row of floats without stored bytes belongs to the exact backend.
    private static bool[] BytesAgree(JsonElement line, Picture actual, Checkpoint tensors, int[] floatRows)
    {
        var byteRows = Rows(line.GetProperty("u8_rows"), actual.Height);
        var stored = tensors[Text(line, "u8")!].Bytes.Span;
        var planes = Planes<byte>(actual.Pixels);
        var agrees = new bool[3 * floatRows.Length * actual.Width];
        for (var i = 0; i < agrees.Length; i++)
        {
            var (plane, row, x) = (i / actual.Width / floatRows.Length, floatRows[i / actual.Width % floatRows.Length], i % actual.Width);
            var kept = Array.IndexOf(byteRows, row);
            agrees[i] = kept < 0
                || stored[(((plane * byteRows.Length) + kept) * actual.Width) + x]
                    == planes[(((plane * actual.Height) + row) * actual.Width) + x];
        }

        return agrees;
    }

    private static int[] Rows(JsonElement rows, int height) =>
        rows.ValueKind == JsonValueKind.Array ? [.. rows.EnumerateArray().Select(r => r.GetInt32())] : [.. Enumerable.Range(0, height)];

    private static T[] Take<T>(ReadOnlySpan<T> planes, int[] rows, int height, int width)
    {
        var taken = new T[3 * rows.Length * width];
        for (var i = 0; i < 3 * rows.Length; i++)
        {
            planes.Slice(((i / rows.Length * height) + rows[i % rows.Length]) * width, width).CopyTo(taken.AsSpan(i * width));
        }

        return taken;
    }

    private static T[] Planes<T>(ReadOnlySpan<T> pixels)
    {
        var planes = new T[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            planes[(i % 3 * (pixels.Length / 3)) + (i / 3)] = pixels[i];
        }

        return planes;
    }
}

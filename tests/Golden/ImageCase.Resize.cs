using System.Text.Json;
using Simile.Imaging;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Resize: not a byte may differ, in either order of the passes.</content>
internal static partial class ImageCase
{
    private static void CheckResize(string folder, JsonElement info, List<string> differences)
    {
        using var before = SafeTensors.Open(Path.Combine(folder, "before_pillow13.safetensors"));
        foreach (var group in info.GetProperty("cases").EnumerateArray().GroupBy(c => c.GetProperty("file").GetString()!))
        {
            using var tensors = SafeTensors.Open(Path.Combine(folder, group.Key));
            foreach (var line in group)
            {
                var expected = tensors[Text(line, "dst")!];
                CheckResized(line, tensors, expected, PassOrder.Pillow13, differences);
                CheckResized(
                    line, tensors, Text(line, "before13") is { } old ? before[old] : expected, PassOrder.HorizontalFirst, differences);
            }
        }
    }

    private static void CheckResized(JsonElement line, Checkpoint tensors, Tensor expected, PassOrder order, List<string> differences)
    {
        var size = line.GetProperty("size");
        var box = line.GetProperty("box");
        var gap = line.GetProperty("reducing_gap");
        var result = ToPicture(tensors[Text(line, "src")!]).Resize(size[0].GetInt32(), size[1].GetInt32(), new ResizeOptions
        {
            Filter = Enum.Parse<ResizeFilter>(Text(line, "filter")!, ignoreCase: true),
            Box = box.ValueKind == JsonValueKind.Null
                ? null
                : (box[0].GetSingle(), box[1].GetSingle(), box[2].GetSingle(), box[3].GetSingle()),
            ReducingGap = gap.ValueKind == JsonValueKind.Null ? null : gap.GetDouble(),
            Order = order,
        });
        var (greatest, count) = Compare(expected.Bytes.Span, result.Pixels);
        if (count > 0)
        {
            differences.Add($"{Text(line, "id")} ({order}): {count} bytes differ, by up to {greatest}");
        }
    }
}

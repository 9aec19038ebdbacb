using System.Text.Json;
using Simile.Audio;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Golden;

/// <summary>A folder of golden/audio: decoding, resampling, features and extractors.</summary>
internal static partial class SoundCase
{
    public static void Check(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        var info = document.RootElement;
        if (info.TryGetProperty("waveforms", out var waveforms))
        {
            CheckInputs(folder, waveforms);
            return;
        }

        var cases = info.GetProperty("cases");
        var first = cases[0];
        if (first.TryGetProperty("file", out _))
        {
            CheckFiles(folder, cases);
        }
        else if (first.TryGetProperty("from_rate", out _))
        {
            CheckResampling(folder, cases);
        }
        else if (first.TryGetProperty("feature", out _))
        {
            CheckFeatures(folder, info, cases);
        }
        else
        {
            CheckExtractor(folder, info, cases);
        }
    }

    private static void CheckInputs(string folder, JsonElement waveforms)
    {
        using var tensors = SafeTensors.Open(Path.Combine(folder, "waveforms.safetensors"));
        foreach (var waveform in waveforms.EnumerateArray())
        {
            Assert.Equal(waveform.GetProperty("samples").GetInt32(), tensors[waveform.GetProperty("name").GetString()!].Length);
        }
    }

    private static void CheckFiles(string folder, JsonElement cases)
    {
        using var expected = SafeTensors.Open(Path.Combine(folder, "expected.safetensors"));
        var differences = new List<string>();
        foreach (var @case in cases.EnumerateArray())
        {
            var name = @case.GetProperty("file").GetString()!;
            var expect = @case.GetProperty("expect").GetString()!;
            try
            {
                var sound = Waveform.Load(Path.Combine(folder, name));
                if (expect == "refused")
                {
                    differences.Add($"{name} was not refused");
                }
                else if (expect == "f32")
                {
                    Compare(
                        name, expected[name].ToFloats().Span, sound.Samples.Span, @case.GetProperty("tolerance").GetDouble(), differences);
                    differences.AddRange(
                        @case.GetProperty("rate").GetInt32() == sound.SampleRate ? [] : [$"{name} has {sound.SampleRate} Hz"]);
                }
            }
            catch (InvalidDataException e)
            {
                differences.AddRange(
                    expect == "f32" && @case.GetProperty("required").GetBoolean() ? [$"{name} was refused: {e.Message}"] : []);
            }
        }

        Report(differences);
    }

    private static void CheckExtractor(string folder, JsonElement info, JsonElement cases)
    {
        var extractor = FeatureExtractor.Load(folder);
        using var inputs = SafeTensors.Open(Path.Combine(folder, info.GetProperty("input").GetString()!));
        using var expected = SafeTensors.Open(Path.Combine(folder, "expected.safetensors"));
        var differences = new List<string>();
        foreach (var @case in cases.EnumerateArray())
        {
            var clip = @case.GetProperty("clip").GetString()!;
            var features = extractor.Extract(Sound(inputs, clip));
            var output = @case.GetProperty("output").GetString()!;
            if (output == "is_longer")
            {
                differences.AddRange(
                    features.IsLonger == @case.GetProperty("value")[0].GetBoolean() ? [] : [$"{clip}: is_longer is {features.IsLonger}"]);
            }
            else if (output == "attention_mask")
            {
                differences.AddRange(features.AttentionMask!.Sum() == @case.GetProperty("ones").GetInt32()
                    ? []
                    : [$"{clip}: the mask has {features.AttentionMask!.Sum()} ones"]);
            }
            else
            {
                CheckOutput(clip, @case, expected, features, info.GetProperty("tolerance").GetDouble(), differences);
            }
        }

        Report(differences);
    }

    private static void CheckOutput(
        string clip, JsonElement @case, Checkpoint expected, SoundFeatures features, double tolerance, List<string> differences)
    {
        int[] shape = [.. @case.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
        if (features.Name != @case.GetProperty("output").GetString() || !shape.SequenceEqual(features.Shape))
        {
            differences.Add(
                $"{clip}: {features.Name} [{string.Join(", ", features.Shape)}] where [{string.Join(", ", shape)}] was expected");
            return;
        }

        var values = @case.GetProperty("kept").ValueKind == JsonValueKind.Array
            ? Keep(
                features, @case.GetProperty("axis").GetInt32(), [.. @case.GetProperty("kept").EnumerateArray().Select(n => n.GetInt32())])
            : features.Values;
        Compare(clip, expected[@case.GetProperty("tensor").GetString()!].ToFloats().Span, values, tolerance, differences);
        Compare(
            $"{clip}, least and greatest",
            [@case.GetProperty("min").GetSingle(), @case.GetProperty("max").GetSingle()],
            [features.Values.Min(), features.Values.Max()],
            tolerance,
            differences);
        var sum = features.Values.Sum(v => (double)v);
        differences.AddRange(Math.Abs(sum - @case.GetProperty("sum").GetDouble()) <= tolerance * features.Values.Length
            ? []
            : [$"{clip}: the sum is {sum}"]);
    }

    private static float[] Keep(SoundFeatures features, int axis, int[] kept)
    {
        var inner = features.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b);
        var block = inner * features.Shape[axis];
        return [.. Enumerable.Range(0, features.Values.Length / block)
            .SelectMany(outer => kept.SelectMany(k => features.Values.Skip((outer * block) + (k * inner)).Take(inner)))];
    }

    private static Waveform Sound(Checkpoint inputs, string clip) =>
        new(
            inputs[clip].ToFloats(),
            int.Parse(clip[(clip.LastIndexOf('_') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture) * 1000);

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

    private static void Report(List<string> differences) => Assert.True(differences.Count == 0, string.Join('\n', differences));
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Text;

namespace Golden;

/// <content>Folders of sentence-transformers: text in, vectors or scores out.</content>
internal static partial class ArchitectureCase
{
    private static readonly int[] BatchSizes = [1, 2, 3, 5, 8, 16, 33, 64];

    private static void CheckSentences(string folder, JsonElement info, Checkpoint io, float tolerance)
    {
        SkipUnknownFamily(folder);
        if (info.GetProperty("kind").GetString() == "cross")
        {
            CheckPairs(folder, io, tolerance);
            return;
        }

        var texts = Strings(Path.Combine(folder, "sentences.json"));
        using var model = TextEmbedder.Load(folder);
        foreach (var (name, expected) in io.Tensors.Where(t => t.Key.StartsWith("output.", StringComparison.Ordinal)))
        {
            var variant = name.Split('.') is [_, _, var last] ? last : null;
            if (variant is null || model.Prompts.ContainsKey(variant))
            {
                CheckVectors(model, texts, variant, expected, tolerance);
            }
            else
            {
                CheckTruncated(folder, texts, variant, expected, tolerance);
            }
        }
    }

    private static void SkipUnknownFamily(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        if (File.Exists(path))
        {
            using var config = JsonDocument.Parse(File.ReadAllBytes(path));
            var family = config.RootElement.GetProperty("model_type").GetString();
            Assert.SkipUnless(TextNetwork.Knows(family), $"{Path.GetFileName(folder)} is made of {family}, which is not supported.");
        }
    }

    private static void CheckVectors(TextEmbedder model, string[] texts, string? prompt, Tensor expected, float tolerance)
    {
        foreach (var size in BatchSizes)
        {
            for (var start = 0; start < texts.Length; start += size)
            {
                var rows = Enumerable.Range(start, size).Select(i => (i * 5) % texts.Length).ToArray();
                var vectors = model.Embed(Array.ConvertAll(rows, r => texts[r]), prompt);
                for (var i = 0; i < size; i++)
                {
                    AssertClose(Row(expected, rows[i]), vectors[i], tolerance, $"{prompt ?? "plain"}, text {rows[i]} in a batch of {size}");
                }
            }
        }
    }

    private static void CheckTruncated(string folder, string[] texts, string variant, Tensor expected, float tolerance)
    {
        using var whole = new TextEmbedder(
            folder, TransformerEncoder.Load(SentenceModules.Read(ModelFolder.Find(folder)) with { Truncate = null }, new BatcherOptions()));
        var width = (int)expected.Shape[1];
        var normalized = whole.GenerateAsync(texts, new EmbeddingGenerationOptions { Dimensions = width }).GetAwaiter().GetResult();
        var vectors = whole.Embed(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            var actual = variant.EndsWith("_normalized", StringComparison.Ordinal) ? normalized[i].Vector.Span : vectors[i][..width];
            AssertClose(Row(expected, i), actual, tolerance, $"{variant}, text {i}");
        }
    }

    private static void CheckPairs(string folder, Checkpoint io, float tolerance)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "pairs.json")));
        var pairs = file.RootElement.EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!)).ToArray();
        using var model = CrossEncoder.Load(folder);
        AssertClose(io["output.logits"].ToFloats().Span, model.Logits(pairs), tolerance, "logits");
        AssertClose(io["output.scores"].ToFloats().Span, model.Score(pairs), tolerance, "scores");
        foreach (var size in BatchSizes)
        {
            var rows = Enumerable.Range(0, size).Select(i => (i * 7) % pairs.Length).ToArray();
            var scores = model.Score(Array.ConvertAll(rows, r => pairs[r]));
            for (var i = 0; i < size; i++)
            {
                AssertClose(Row(io["output.scores"], rows[i]), scores.AsSpan(i, 1), tolerance, $"pair {rows[i]} in a batch of {size}");
            }
        }
    }

    private static ReadOnlySpan<float> Row(Tensor tensor, int row)
    {
        var size = tensor.Length / (int)tensor.Shape[0];
        return tensor.ToFloats().Span.Slice(row * size, size);
    }

    private static string[] Strings(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. file.RootElement.EnumerateArray().Select(s => s.GetString()!)];
    }
}

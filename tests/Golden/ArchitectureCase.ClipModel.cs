using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Models;
using Simile.Models.Checkpoints;
using Simile.Numerics;

namespace Golden;

/// <content>Dual encoders as a user loads them: texts go through a tokenizer, vectors are ranked.</content>
internal static partial class ArchitectureCase
{
    // The case holds token ids but no tokenizer. The test writes a tokenizer with one word for each id, so that it can pass texts.
    private static void CheckClipModel(string folder, Checkpoint io, float tolerance)
    {
        var copy = Directory.CreateTempSubdirectory("simile-joint-");
        try
        {
            foreach (var file in Directory.GetFiles(folder).Where(file => Path.GetFileName(file) is not ("case.json" or "io.safetensors")))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }

            WriteTokenizer(copy.FullName);
            using var model = ClipModel.Load(copy.FullName);
            var kind = io.Find("output.audio_embeds") is null ? "image" : "audio";
            var texts = Texts(io);
            var vectors = model.Texts.Embed(texts);
            Assert.Equal(model.Dimensions, vectors.Dimensions);
            AssertClose(io["output.text_embeds"].ToFloats().Span, vectors.AsSpan(), tolerance, "Texts.Embed");
            var others = io[$"output.{kind}_embeds"];
            var ranking = model.Rank(vectors, new VectorMatrix(others.ToFloats().ToArray(), (int)others.Shape[1]));
            AssertClose(
                io[$"output.logits_per_{kind}"].ToFloats().Span, ranking.Logits.SelectMany(row => row).ToArray(), tolerance, "Rank");
            AssertClose(
                io["output.logits_per_text"].ToFloats().Span,
                ranking.TextLogits.SelectMany(row => row).ToArray(),
                tolerance,
                "Rank for each text");
            foreach (var (logits, probabilities) in ranking.Logits.Zip(ranking.Probabilities)
                .Concat(ranking.TextLogits.Zip(ranking.TextProbabilities)))
            {
                AssertClose(Judged(logits, model.JudgesPairs), probabilities, 1e-5f, "Probabilities");
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static string[] Texts(Checkpoint io)
    {
        var (ids, mask) = (io["input.input_ids"].ToFloats().ToArray(), io.Find("input.attention_mask")?.ToFloats().ToArray());
        var length = (int)io["input.input_ids"].Shape[1];
        return
        [
            .. Enumerable.Range(0, ids.Length / length)
                .Select(row => string.Join(
                    ' ', Enumerable.Range(row * length, length).Where(i => mask is null || mask[i] != 0).Select(i => $"t{ids[i]}"))),
        ];
    }

    private static void WriteTokenizer(string folder)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        var words = config.RootElement.GetProperty("text_config").GetProperty("vocab_size").GetInt32();
        var tokenizer = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray(),
            ["pre_tokenizer"] = new JsonObject { ["type"] = "WhitespaceSplit" },
            ["model"] = new JsonObject
            {
                ["type"] = "WordLevel",
                ["unk_token"] = "t0",
                ["vocab"] = new JsonObject(Enumerable.Range(0, words).Select(id => KeyValuePair.Create($"t{id}", (JsonNode?)id))),
            },
        };
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), tokenizer.ToJsonString());
    }

    private static float[] Judged(float[] logits, bool pairs)
    {
        var powers = logits.Select(logit => Math.Exp(pairs ? -logit : logit - logits.Max())).ToArray();
        return Array.ConvertAll(powers, power => (float)(pairs ? 1 / (1 + power) : power / powers.Sum()));
    }
}

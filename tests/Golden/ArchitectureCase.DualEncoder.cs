using System.Text.Json;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Golden;

/// <content>Dual encoders.</content>
internal static partial class ArchitectureCase
{
    private static void CheckJoint(string folder, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        CheckTowers(config.RootElement, () => ModelFolder.Find(folder).OpenCheckpoint(), io, tolerance);
        CheckClipModel(folder, io, tolerance);
    }

    private static void CheckFullSizeClip(string folder, JsonElement info, Checkpoint io, float tolerance)
    {
        using var config =
            JsonDocument.Parse(info.GetProperty("constructor").GetProperty("args").GetRawText().Insert(1, "\"model_type\": \"clip\","));
        CheckTowers(
            config.RootElement,
            () => FormulaWeights.Make(folder, info.GetProperty("seed_prefix").GetString()!),
            WithPicture(io, info),
            tolerance);
    }

    private static void CheckTowers(JsonElement config, Func<Checkpoint> open, Checkpoint io, float tolerance)
    {
        using (var texts = DualEncoderNetwork.BuildText(config, open(), Wanted(io, "text_")))
        {
            CheckNumbers(texts, io, tolerance);
        }

        var isSound = io.Find("input.input_features") is not null;
        using (var others = isSound
            ? DualEncoderNetwork.BuildSound(config, open(), Wanted(io, "audio_"))
            : DualEncoderNetwork.BuildPicture(config, open(), [.. Wanted(io, "image_"), .. Wanted(io, "vision_")]))
        {
            CheckNumbers(others, io, tolerance);
        }

        CheckLogits(open, io, isSound ? "audio" : "image", tolerance);
    }

    private static string[] Wanted(Checkpoint io, string prefix) =>
        [.. Wanted(io).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    // The embeddings were compared above; the logits follow from them.
    private static void CheckLogits(Func<Checkpoint> open, Checkpoint io, string kind, float tolerance)
    {
        using var checkpoint = open();
        var (scale, bias) = DualEncoderNetwork.Logits(checkpoint);
        var (others, texts) = (io[$"output.{kind}_embeds"], io["output.text_embeds"]);
        var logits = new List<float>();
        for (var i = 0; i < others.Shape[0]; i++)
        {
            for (var j = 0; j < texts.Shape[0]; j++)
            {
                logits.Add((scale * Simile.Numerics.VectorMath.Dot(Row(others, i), Row(texts, j))) + bias);
            }
        }

        AssertClose(io[$"output.logits_per_{kind}"].ToFloats().Span, [.. logits], tolerance, $"logits_per_{kind}");
    }
}

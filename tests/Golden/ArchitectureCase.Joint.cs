using System.Text.Json;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Models of two towers.</content>
internal static partial class ArchitectureCase
{
    private static void CheckJoint(string folder, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        CheckJoint(config.RootElement, () => ModelFolder.Find(folder).OpenCheckpoint(), io, tolerance);
    }

    private static void CheckFullSizeJoint(string folder, JsonElement info, Checkpoint io, float tolerance)
    {
        using var config = JsonDocument.Parse(info.GetProperty("constructor").GetProperty("args").GetRawText().Insert(1, "\"model_type\": \"clip\","));
        using var weights = Weights(folder, info.GetProperty("seed_prefix").GetString()!);
        CheckJoint(config.RootElement, () => new Checkpoint(weights.Tensors), WithPicture(io, info), tolerance);
    }

    private static void CheckJoint(JsonElement config, Func<Checkpoint> open, Checkpoint io, float tolerance)
    {
        using (var texts = JointNetwork.BuildText(config, open(), Wanted(io, "text_")))
        {
            CheckNumbers(texts, io, tolerance);
        }

        using (var pictures = JointNetwork.BuildPicture(config, open(), [.. Wanted(io, "image_"), .. Wanted(io, "vision_")]))
        {
            CheckNumbers(pictures, io, tolerance);
        }

        using var checkpoint = open();
        CheckLogits(checkpoint, io, tolerance);
    }

    private static string[] Wanted(Checkpoint io, string prefix) => [.. Wanted(io).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    // The embeddings were compared above: the logits follow from them.
    private static void CheckLogits(Checkpoint checkpoint, Checkpoint io, float tolerance)
    {
        var (scale, bias) = JointNetwork.Logits(checkpoint);
        var (images, texts) = (io["output.image_embeds"], io["output.text_embeds"]);
        var logits = new List<float>();
        for (var i = 0; i < images.Shape[0]; i++)
        {
            for (var j = 0; j < texts.Shape[0]; j++)
            {
                logits.Add((scale * Simile.Numerics.VectorMath.Dot(Row(images, i), Row(texts, j))) + bias);
            }
        }

        AssertClose(io["output.logits_per_image"].ToFloats().Span, [.. logits], tolerance, "logits_per_image");
    }
}

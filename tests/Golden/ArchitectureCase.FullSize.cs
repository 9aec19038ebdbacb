using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Golden;

/// <content>Networks of full size, whose weights come from a formula (README of the golden cases).</content>
internal static partial class ArchitectureCase
{
    /// <summary>transformers' classes of text networks, by their model_type.</summary>
    private static readonly Dictionary<string, string> TextFamilies = new()
    {
        ["AlbertModel"] = "albert",
        ["BertModel"] = "bert",
        ["DebertaV2Model"] = "deberta-v2",
        ["DistilBertModel"] = "distilbert",
        ["ElectraModel"] = "electra",
        ["Gemma3TextModel"] = "gemma3_text",
        ["LlamaModel"] = "llama",
        ["ModernBertModel"] = "modernbert",
        ["MPNetModel"] = "mpnet",
        ["NomicBertModel"] = "nomic_bert",
        ["Qwen3Model"] = "qwen3",
        ["RobertaModel"] = "roberta",
        ["T5EncoderModel"] = "t5",
        ["XLMRobertaModel"] = "xlm-roberta",
    };

    private static void CheckFullSize(string folder, JsonElement info, Checkpoint io, float tolerance)
    {
        var constructor = info.GetProperty("constructor");
        var family = TextFamilies[constructor.GetProperty("name").GetString()!];
        using var config = JsonDocument.Parse(constructor.GetProperty("args").GetRawText().Insert(1, $"\"model_type\": \"{family}\","));
        using var model = TextNetwork.Build(config.RootElement, Weights(folder, info.GetProperty("seed_prefix").GetString()!), Wanted(io));
        CheckRows(model, io, tolerance);
    }

    private static Checkpoint Weights(string folder, string prefix)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "weights.json")));
        var tensors = list.RootElement.EnumerateArray().Select(w =>
        {
            var name = w.GetProperty("name").GetString()!;
            var shape = w.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
            var values = Noise(prefix + name, (int)shape.Aggregate(1L, (a, b) => a * b), w.GetProperty("offset").GetDouble(), w.GetProperty("scale").GetDouble());
            return new Tensor(name, DType.F32, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        });
        return new Checkpoint(tensors.ToDictionary(t => t.Name));
    }

    private static float[] Noise(string name, int count, double offset, double scale)
    {
        var seed = 0xcbf29ce484222325UL;
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            seed = (seed ^ b) * 0x100000001b3UL;
        }

        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var z = seed + ((ulong)(i + 1) * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            values[i] = (float)(offset + (scale * (((z >> 40) / 8388608.0) - 1)));
        }

        return values;
    }
}

using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Golden;

/// <content>Full-size networks with synthetic weights (README of the golden cases).</content>
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
        using var model = TextNetwork.Build(
            config.RootElement, FormulaWeights.Make(folder, info.GetProperty("seed_prefix").GetString()!), Wanted(io));
        CheckRows(model, io, tolerance);
    }
}

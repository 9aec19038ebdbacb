using System.Text.Json;
using System.Text.RegularExpressions;
using Simile.Models.Architectures;

namespace Simile.Models;

/// <summary>
/// Chooses the files of a repository that Simile reads. Takes the weights in one format only, never the same weights twice.
/// </summary>
internal static partial class FileSelection
{
    private const long LargestJson = 1 << 20;
    private const long LargestText = 32 << 20;

    private static readonly string[] Vocabularies =
        [
            "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "vocab.txt",
            "merges.txt", "chat_template.jinja",
        ];

    // Logs and settings of a training run.
    private static readonly string[] Records =
    [
        "trainer_state.json", "training_args.json", "all_results.json", "train_results.json", "eval_results.json", "quantize_config.json",
        "onnx_config.json",
    ];

    // Per format, all files that belong together; the best format first. An index lists the files of sharded weights.
    private static readonly Regex[][] Formats =
    [
        [SafeTensors()],
        [SafeTensorsIndex(), SafeTensorsPart()],
        [PyTorch()],
        [PyTorchIndex(), PyTorchPart()],
        [OpenClip()],
        [AnySafeTensors()],
    ];

    private static readonly string[] Onnx =
    [
        "onnx/model", "model", "onnx/model_optimized", "model_optimized", "onnx/model_quantized", "model_quantized",
    ];
    private static readonly string[] Others = [".bin", ".pth", ".pt", ".onnx", ".vec", ".npz"];

    /// <summary>Whether a file decides which other files are needed.</summary>
    public static bool IsGuide(RepositoryFile file) => file.Path is "config.json" or "modules.json";

    /// <summary>The files that are needed.</summary>
    /// <param name="files">All files of the repository.</param>
    /// <param name="wanted">What the files are needed for.</param>
    /// <param name="config">The root of config.json; null if there is none.</param>
    /// <param name="modules">The root of modules.json; null if there is none.</param>
    public static RepositoryFile[] Of(IReadOnlyList<RepositoryFile> files, HubFiles wanted, JsonElement? config, JsonElement? modules)
    {
        string[] folders = [.. ModuleFolders(modules).Prepend(string.Empty).Distinct(StringComparer.Ordinal)];
        return wanted switch
        {
            HubFiles.All => [.. files],
            HubFiles.Tokenizer =>
                [.. files.Where(file => IsGuide(file) || (folders.Contains(file.Folder) && IsOfTokenizer(file))
                    || (file.Name == "config.json" && folders.Contains(file.Folder)))],
            _ => [.. folders.SelectMany(folder => OfFolder(files, folder, IsBuilt(config))).DistinctBy(file => file.Path)],
        };
    }

    /// <summary>The weights in a folder, in the best available format; empty if there are none.</summary>
    /// <param name="files">All files.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="isBuilt">Whether Simile can build the network from a checkpoint. An ONNX file is then only the second choice.</param>
    public static RepositoryFile[] Weights(IReadOnlyList<RepositoryFile> files, string folder, bool isBuilt)
    {
        var own = files.Where(file => file.Folder == folder).ToArray();
        var checkpoint = Formats.Select(format => own.Where(file => format.Any(name => name.IsMatch(file.Name))).ToArray())
            .Zip(Formats, (found, format) => (found, format))
            .FirstOrDefault(
                entry => entry.found.Length > 0 && entry.format[0] is var first && entry.found.Any(file => first.IsMatch(file.Name))).found
                ?? [];
        var ready = isBuilt && checkpoint.Length > 0 ? [] : ReadyNetwork(files, folder);
        return ready.Length > 0 ? ready
            : checkpoint.Length > 0 ? checkpoint
            : Others.Select(
                ending => own.Where(file => file.Name.EndsWith(ending, StringComparison.Ordinal) && !IsSpecial(file)).Take(1).ToArray())
                .FirstOrDefault(found => found.Length > 0)
                ?? [];
    }

    /// <summary>Whether Simile can build the model family that config.json names; also true if config.json names none.</summary>
    public static bool IsBuilt(JsonElement? config) =>
        config is not { } root || JsonFile.FreeText(root, "model_type") is not { } family || family is "model2vec" or "use-multilingual"
        || TextNetwork.Knows(family) || ImageNetwork.Knows(family) || DualEncoderNetwork.Knows(family)
        || SoundNetwork.Knows(family) || ConvolutionNetwork.Knows(family);

    /// <summary>The folders that modules.json names.</summary>
    public static IEnumerable<string> ModuleFolders(JsonElement? modules) => modules is { ValueKind: JsonValueKind.Array } array
        ? array.EnumerateArray().Select(module => JsonFile.FreeText(module, "path") ?? string.Empty)
        : [];

    /// <summary>Whether a file belongs to a tokenizer.</summary>
    public static bool IsOfTokenizer(RepositoryFile file) =>
        Vocabularies.Contains(file.Name) || file.Name.EndsWith(".model", StringComparison.Ordinal)
        || file.Name.EndsWith(".spm", StringComparison.Ordinal) || file.Name.EndsWith(".tiktoken", StringComparison.Ordinal);

    private static IEnumerable<RepositoryFile> OfFolder(IReadOnlyList<RepositoryFile> files, string folder, bool isBuilt) =>
        files.Where(file => file.Folder == folder && (IsOfTokenizer(file) || IsSmall(file) || IsSpecial(file)))
            .Concat(Weights(files, folder, isBuilt));

    private static bool IsSmall(RepositoryFile file) =>
        file.Name.EndsWith(".json", StringComparison.Ordinal) ? file.Bytes is null or <= LargestJson
            && !Records.Contains(file.Name) && !file.Name.EndsWith(".index.json", StringComparison.Ordinal)
        : file.Name.EndsWith(".txt", StringComparison.Ordinal) ? file.Bytes is null or <= LargestText
            && !file.Name.StartsWith("requirements", StringComparison.Ordinal)
        : file.Name is "README.md" or "LICENSE" or "LICENSE.md" or "NOTICE";

    // The sparse and multi-vector heads of bge-m3.
    private static bool IsSpecial(RepositoryFile file) => file.Name is "sparse_linear.pt" or "colbert_linear.pt";

    private static RepositoryFile[] ReadyNetwork(IReadOnlyList<RepositoryFile> files, string folder)
    {
        var start = folder.Length == 0 ? string.Empty : folder + "/";
        var path = Onnx.Select(name => start + name + ".onnx").FirstOrDefault(name => files.Any(file => file.Path == name));
        return path is null
            ? []
            : [.. files.Where(file => file.Path == path || file.Path == path + "_data" || file.Path == path + ".data")];
    }

    [GeneratedRegex(@"^model\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeTensors();

    [GeneratedRegex(@"^model\.safetensors\.index\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeTensorsIndex();

    [GeneratedRegex(@"^model-\d+-of-\d+\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex SafeTensorsPart();

    [GeneratedRegex(@"^pytorch_model\.(bin|pt|pth)$", RegexOptions.CultureInvariant)]
    private static partial Regex PyTorch();

    [GeneratedRegex(@"^pytorch_model\.bin\.index\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex PyTorchIndex();

    [GeneratedRegex(@"^pytorch_model-\d+-of-\d+\.bin$", RegexOptions.CultureInvariant)]
    private static partial Regex PyTorchPart();

    [GeneratedRegex(@"^open_clip_(model\.safetensors|pytorch_model\.bin)$", RegexOptions.CultureInvariant)]
    private static partial Regex OpenClip();

    [GeneratedRegex(@"\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex AnySafeTensors();
}

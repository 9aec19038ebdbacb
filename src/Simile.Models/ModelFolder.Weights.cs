using Simile.Models.Checkpoints;

namespace Simile.Models;

internal sealed partial class ModelFolder
{
    /// <summary>Possible weight files, in order of preference.</summary>
    private static readonly string[] CheckpointFiles =
        [
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json", "pytorch_model.pt",
            "pytorch_model.pth",
        ];

    /// <summary>Possible ONNX files.</summary>
    private static readonly string[] OnnxFiles =
    [
        "onnx/model.onnx", "model.onnx", "onnx/model_optimized.onnx", "model_optimized.onnx", "onnx/model_quantized.onnx",
        "model_quantized.onnx",
    ];

    /// <summary>Whether the folder holds weights.</summary>
    public bool HasCheckpoint => CheckpointFiles.Any(Exists);

    /// <summary>The path of an ONNX file, or null.</summary>
    public string? OnnxFile => OnnxFiles.FirstOrDefault(Exists) is { } name ? File(name) : null;

    /// <summary>Opens the weights.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no weights.</exception>
    /// <exception cref="InvalidDataException">The weights are damaged.</exception>
    public Checkpoint OpenCheckpoint()
    {
        var name = CheckpointFiles.FirstOrDefault(Exists)
            ?? throw new FileNotFoundException(
                $"The folder {Path} holds no weights: there is neither {string.Join(" nor ", CheckpointFiles[..3])}{Rest()}.", Path);
        RefuseOtherNumbers();
        return name switch
        {
            "model.safetensors" => SafeTensors.Open(File(name)),
            "model.safetensors.index.json" or "pytorch_model.bin.index.json" => Checkpoint.OpenSharded(File(name)),
            _ => PyTorchFile.Open(File(name)),
        };
    }

    // A cached snapshot may hold the tokenizer alone, or be incomplete.
    private string Rest() =>
        Directory.GetParent(Path) is { Name: "snapshots", Parent: { } repository }
        && repository.Name.StartsWith("models--", StringComparison.Ordinal)
            ? "; fetch the rest with \"simile models "
                + $"pull {repository.Name["models--".Length..].Replace("--", "/", StringComparison.Ordinal)}\""
            : string.Empty;

    // Numbers quantized by bitsandbytes, GPTQ, AWQ or FP8 cannot be used directly.
    private void RefuseOtherNumbers()
    {
        using var json = Exists("config.json") ? Json("config.json") : null;
        var stated = json is null ? null : JsonFile.Optional(json.RootElement, "quantization_config");
        if (stated is { } how
            && (JsonFile.Text(how, "quant_method"), JsonFile.Text(how, "format")) is not ("compressed-tensors", null or "int-quantized"))
        {
            var (method, format) = (JsonFile.Text(how, "quant_method") ?? "unknown", JsonFile.Text(how, "format"));
            throw new NotSupportedException(
                $"The weights in {Path} are quantized in a way that is not read ({(format is null ? method : $"{method}, {format}")}): "
                + "use the model without quantization, or an int8 one made by \"simile models quantize\".");
        }
    }

    /// <summary>
    /// The folder of config.json, weights and tokenizer: this one, or the subfolder of the first module in modules.json, as in older
    /// folders.
    /// </summary>
    /// <exception cref="InvalidDataException">modules.json is damaged.</exception>
    public ModelFolder Network()
    {
        using var json = Exists("modules.json") ? Json("modules.json") : null;
        var first = json?.RootElement is { ValueKind: System.Text.Json.JsonValueKind.Array } modules
            ? modules.EnumerateArray().FirstOrDefault()
            : default;
        return Sub(JsonFile.Text(first, "path") ?? string.Empty);
    }

    /// <summary>A subfolder that modules.json names; this folder for an empty name.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The subfolder does not exist, but must hold files.</exception>
    public ModelFolder Sub(string name) => name.Length == 0 ? this : new ModelFolder(Inside(Path, name));

    /// <summary>The path of a folder that modules.json names.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the model's folder.</exception>
    public static string Inside(string folder, string name)
    {
        var root = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(System.IO.Path.Combine(root, name)));
        return path == root || path.StartsWith(root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException(
                $"{System.IO.Path.Combine(folder, "modules.json")} names the folder \"{name}\", which is not inside the model's folder.");
    }
}

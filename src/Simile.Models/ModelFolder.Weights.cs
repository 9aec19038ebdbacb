using Simile.Models.Checkpoints;

namespace Simile.Models;

internal sealed partial class ModelFolder
{
    /// <summary>Files that may hold the weights, the best first.</summary>
    private static readonly string[] CheckpointFiles =
        ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json", "pytorch_model.pt", "pytorch_model.pth"];

    /// <summary>Files that may hold a ready network.</summary>
    private static readonly string[] OnnxFiles = ["onnx/model.onnx", "model.onnx"];

    /// <summary>Whether the folder holds weights.</summary>
    public bool HasCheckpoint => CheckpointFiles.Any(Exists);

    /// <summary>The path of a ready network, or null.</summary>
    public string? OnnxFile => OnnxFiles.FirstOrDefault(Exists) is { } name ? File(name) : null;

    /// <summary>Opens the weights.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public Checkpoint OpenCheckpoint()
    {
        var name = CheckpointFiles.FirstOrDefault(Exists)
            ?? throw new FileNotFoundException($"The folder {Path} holds no weights: there is neither {string.Join(" nor ", CheckpointFiles[..3])}.", Path);
        return name switch
        {
            "model.safetensors" => SafeTensors.Open(File(name)),
            "model.safetensors.index.json" or "pytorch_model.bin.index.json" => Checkpoint.OpenSharded(File(name)),
            _ => PyTorchFile.Open(File(name)),
        };
    }

    /// <summary>A folder inside this one, as modules.json names it; this one itself for an empty name.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    /// <exception cref="DirectoryNotFoundException">There is none, and it should hold files.</exception>
    public ModelFolder Sub(string name) => name.Length == 0 ? this : new ModelFolder(Inside(Path, name));

    /// <summary>The path of a folder that modules.json names.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the model's folder.</exception>
    public static string Inside(string folder, string name)
    {
        var root = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(System.IO.Path.Combine(root, name)));
        return path == root || path.StartsWith(root + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"{System.IO.Path.Combine(folder, "modules.json")} names the folder \"{name}\", which is not inside the model's folder.");
    }
}

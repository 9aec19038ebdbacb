namespace Simile.Models.Joint;

/// <summary>Where the parts of a classifier lie that say what its classes are.</summary>
/// <param name="Model">What names it: a file, a folder, or a name in the hub's cache.</param>
/// <param name="Onnx">The ready network, if it is one.</param>
/// <param name="Config">The config.json that lies with it; null where there is none.</param>
internal sealed record ClassifierFiles(string Model, string? Onnx, string? Config)
{
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    public static ClassifierFiles Find(string model)
    {
        if (File.Exists(model))
        {
            var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "config.json");
            return new ClassifierFiles(model, model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? model : null, File.Exists(beside) ? beside : null);
        }

        var folder = ModelFolder.Find(model);
        return new ClassifierFiles(model, folder.HasCheckpoint ? null : folder.OnnxFile, folder.Exists("config.json") ? folder.File("config.json") : null);
    }
}

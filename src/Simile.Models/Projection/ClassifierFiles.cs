namespace Simile.Models.Projection;

/// <summary>Locates the files that describe a classifier's classes.</summary>
/// <param name="Model">Its name: a file, a folder, or a name in the hub's cache.</param>
/// <param name="Onnx">The ONNX file; null for a classifier in another format.</param>
/// <param name="Config">The config.json beside it; null if there is none.</param>
internal sealed record ClassifierFiles(string Model, string? Onnx, string? Config)
{
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    public static ClassifierFiles Find(string model)
    {
        if (File.Exists(model))
        {
            var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "config.json");
            return new ClassifierFiles(
                model, model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? model : null, File.Exists(beside) ? beside : null);
        }

        var folder = ModelFolder.Find(model);
        return new ClassifierFiles(
            model, folder.HasCheckpoint ? null : folder.OnnxFile, folder.Exists("config.json") ? folder.File("config.json") : null);
    }
}

using System.Text.RegularExpressions;
using Simile.Models.BuiltIn;
using Simile.Models.Checkpoints;
using Simile.Models.Features;

namespace Simile.Models;

/// <summary>Information from a model's files, without loading it.</summary>
/// <param name="Name">The name that was given.</param>
/// <param name="Source">Its location: "built in", "formula", "hub cache", "folder" or "file".</param>
/// <param name="Folder">Full path of its folder; null for the built-in model.</param>
/// <param name="Family">The model_type of config.json; null if it is missing.</param>
/// <param name="Parameters">Number of parameters in its safetensors files; null if there are none.</param>
/// <param name="License">The license of its model card; null if it is missing.</param>
/// <param name="Files">Its files with their sizes in bytes, by relative path.</param>
public sealed partial record ModelDescription(
    string Name,
    string Source,
    string? Folder,
    string? Family,
    long? Parameters,
    string? License,
    IReadOnlyList<(string Path, long Bytes)> Files)
{
    /// <summary>Describes the built-in model, a folder, a model of the hub's cache, or a single file.</summary>
    /// <exception cref="DirectoryNotFoundException">The model does not exist.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged.</exception>
    public static ModelDescription Load(string model)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            return OfBuiltIn();
        }

        if (FeatureModel.Is(model))
        {
            using var features = FeatureModel.Load(model);
            return new ModelDescription(features.Name, "formula", null, null, null, null, []);
        }

        if (File.Exists(model))
        {
            return OfFile(Path.GetFullPath(model), model);
        }

        var folder = ModelFolder.Find(model);
        var isCached = folder.Path.StartsWith(Path.GetFullPath(HubCache.Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return new ModelDescription(
            model,
            isCached ? "hub cache" : "folder",
            folder.Path,
            ReadFamily(folder.Network()),
            CountParameters(folder.Network()),
            ReadLicense(folder),
            ListFiles(folder));
    }

    private static ModelDescription OfFile(string path, string name) =>
        new(name, "file", Path.GetDirectoryName(path), null, null, null, [(Path.GetFileName(path), new FileInfo(path).Length)]);

    private static ModelDescription OfBuiltIn()
    {
        var path = BuiltInModel.FilePath;
        using var file = PackedFile.Open(path);
        var table = new PackedTable(file);
        using var network = PackedNetwork.Read(file);
        var parameters = ((long)table.Rows * table.Dimensions) + network.Tensors.Values.Sum(tensor => (long)tensor.Length);
        return new ModelDescription(TextEmbedder.BuiltIn, "built in", null, "use-multilingual", parameters, "apache-2.0", [(
            BuiltInModel.FileName, new FileInfo(path).Length)]);
    }

    private static string? ReadFamily(ModelFolder folder)
    {
        if (!folder.Exists("config.json"))
        {
            return null;
        }

        using var config = folder.Json("config.json");
        return JsonFile.Text(config.RootElement, "model_type");
    }

    private static long? CountParameters(ModelFolder folder)
    {
        using var checkpoint =
            folder.Exists("model.safetensors") ? SafeTensors.Open(folder.File("model.safetensors"))
            : folder.Exists("model.safetensors.index.json") ? Checkpoint.OpenSharded(folder.File("model.safetensors.index.json"))
            : null;
        return checkpoint?.Tensors.Values.Sum(tensor => (long)tensor.Length);
    }

    private static string? ReadLicense(ModelFolder folder) =>
        folder.Exists("README.md") && LicenseLine().Match(System.IO.File.ReadAllText(folder.File("README.md"))) is { Success: true } line
            ? line.Groups[1].Value.Trim()
            : null;

    private static (string Path, long Bytes)[] ListFiles(ModelFolder folder) =>
    [
        .. new DirectoryInfo(folder.Path).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder.Path, file.FullName), Size(file)))
            .OrderBy(file => file.Item1, StringComparer.Ordinal),
    ];

    // The hub's cache holds links to files that are named by their hash.
    private static long Size(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Length;

    /// <summary>The metadata of the hub's model cards is between two lines of three dashes.</summary>
    [GeneratedRegex(@"\A---\r?\n(?:(?!---).*\n)*?licen[sc]e:[ ]*(.+)\n", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LicenseLine();
}

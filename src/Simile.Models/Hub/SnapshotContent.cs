using System.Text.Json;

namespace Simile.Models;

/// <summary>The content of a cached snapshot. The Python client may have pulled only some of its files.</summary>
internal static class SnapshotContent
{
    /// <summary>Whether all files are there that a model or a tokenizer needs.</summary>
    public static bool IsWhole(string folder, HubFiles wanted)
    {
        var files = Files(folder);
        return wanted == HubFiles.Tokenizer
            ? files.Any(FileSelection.IsOfTokenizer)
            : Folders(folder)
                .Any(inner => FileSelection.Weights(files, inner, isBuilt: true) is { Length: > 0 } weights
                    && Array.TrueForAll(weights, file => HasParts(folder, file)));
    }

    /// <summary>The result of a pull that found all files in the cache.</summary>
    public static HubSnapshot Describe(string name, string folder)
    {
        var files = Files(folder);
        return new HubSnapshot(name, Path.GetFileName(folder), folder, files.Length, files.Sum(file => file.Bytes ?? 0), 0);
    }

    /// <summary>Whether a file exists. A dangling link does not count, although .NET says that it exists.</summary>
    public static bool IsThere(FileInfo file) =>
        file.Exists && (file.LinkTarget is null || file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: true });

    /// <summary>The length of a file, which may be a link to it.</summary>
    public static long Length(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Length;

    private static RepositoryFile[] Files(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(IsThere)
            .Select(file => new RepositoryFile(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), Length(file), null)),
    ];

    private static IEnumerable<string> Folders(string folder)
    {
        using var modules = Read(Path.Combine(folder, "modules.json"));
        return [.. FileSelection.ModuleFolders(modules?.RootElement).Prepend(string.Empty)];
    }

    private static bool HasParts(string folder, RepositoryFile file)
    {
        if (!file.Name.EndsWith(".index.json", StringComparison.Ordinal))
        {
            return true;
        }

        using var index = Read(Path.Combine(folder, file.Path));
        return index is not null && JsonFile.Optional(index.RootElement, "weight_map") is { ValueKind: JsonValueKind.Object } map
            && map.EnumerateObject()
                .Select(tensor => tensor.Value.ValueKind == JsonValueKind.String ? tensor.Value.GetString()! : string.Empty)
                .Distinct()
                .All(part => part.Length > 0 && IsThere(new FileInfo(Path.Combine(folder, file.Folder, part))));
    }

    private static JsonDocument? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonFile.Parse(path) : null;
        }
        catch (InvalidDataException)
        {
            return null; // the loader reports what is wrong with it
        }
    }
}

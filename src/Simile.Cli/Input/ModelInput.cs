using System.Security.Cryptography;
using System.Text;
using Simile.Models;

namespace Simile.Cli;

/// <summary>The model that --model names.</summary>
internal static class ModelInput
{
    public static TextEmbedder Load(string model, string? layer = null) => TextEmbedder.Load(Resolve(model), new TextEmbedderOptions { Layer = layer });

    /// <summary>Loads whatever makes vectors: of texts, of pictures, of sounds, or of several in one space.</summary>
    public static JointModel LoadAny(string model) => JointModel.Load(Resolve(model));

    /// <summary>The full path of a model that has one, its own or in the hub's cache; any other name as it is.</summary>
    public static string Resolve(string model) =>
        model == TextEmbedder.BuiltIn ? model : Path.Exists(model) ? Path.GetFullPath(model) : HubCache.Find(model) ?? model;

    /// <summary>
    /// Changes when the files of a model do, or those of the models that it joins: their names, lengths and first and last bytes, wherever they lie;
    /// empty for the built-in model.
    /// </summary>
    public static string Fingerprint(string model)
    {
        var folder = Resolve(model);
        if (folder == TextEmbedder.BuiltIn || !Path.Exists(folder))
        {
            return string.Empty;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in ModelJoin.PartsOf(folder).Select(Resolve).Where(Path.Exists).Prepend(folder))
        {
            AppendFiles(hash, part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static void AppendFiles(IncrementalHash hash, string folder)
    {
        var files = File.Exists(folder) ? [folder]
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".md" && !Path.GetFileName(file).StartsWith('.'));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            AppendSample(hash, file);
        }
    }

    private static void AppendSample(IncrementalHash hash, string path)
    {
        const int Sample = 1 << 16;
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        hash.AppendData(BitConverter.GetBytes(length));
        var buffer = new byte[Sample];
        hash.AppendData(buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0)));
        if (length > Sample)
        {
            hash.AppendData(buffer.AsSpan(0, RandomAccess.Read(file, buffer, length - Sample)));
        }
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Simile.Models;

/// <summary>Identifies a model by its files. Vectors of different models cannot be compared.</summary>
public static class ModelFingerprint
{
    /// <summary>
    /// A hash that changes with the files of a model and of the models that it refers to: it covers their names, lengths, and first and
    /// last 64 KB. Empty for the built-in model and if there are no files. A resize in the model's name is included.
    /// </summary>
    /// <param name="model">A folder, a file, or a name in the hub's cache.</param>
    public static string Build(string model)
    {
        var (name, resize) = PictureResize.Split(model);
        return resize is null ? OfFiles(name) : $"{OfFiles(name)}{resize.NameOf(string.Empty)}";
    }

    private static string OfFiles(string model)
    {
        var folder = HubCache.Locate(model);
        if (folder == TextEmbedder.BuiltIn || !Path.Exists(folder))
        {
            return string.Empty;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in ClassNameProjection.PartsOf(folder).Select(HubCache.Locate).Where(Path.Exists).Prepend(folder))
        {
            AppendFiles(hash, part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static void AppendFiles(IncrementalHash hash, string folder)
    {
        var files = File.Exists(folder) ? [folder]
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file) != ".md" && !Path.GetFileName(file).StartsWith('.'));
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

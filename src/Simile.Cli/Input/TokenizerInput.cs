using Simile.Models;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>The tokenizer that --model names: of a model, a file, or a published encoding.</summary>
internal sealed class TokenizerInput : IDisposable
{
    // tiktoken keeps an encoding under the SHA-1 of its address.
    private static readonly Dictionary<string, string> KeptAs = new(StringComparer.Ordinal)
    {
        ["cl100k_base"] = "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        ["o200k_base"] = "fb374d419588a4632f3f557e76b4b70aebbca790",
        ["p50k_base"] = "ec7223a39ce59f226a68acc30dc1af2788490e15",
        ["r50k_base"] = "0ea1e91bbb3a60f729a8dc8f777fd2fc07cd8df4",
    };

    private readonly TextEmbedder? _builtIn;

    public TokenizerInput(string name)
    {
        Name = name;
        _builtIn = name == TextEmbedder.BuiltIn ? TextEmbedder.Load(name) : null;
        Tokenizer = _builtIn?.Tokenizer
            ?? (TiktokenEncoding.Names.Contains(name) && !Path.Exists(name) ? LoadEncoding(name) : ModelTokenizer.Load(name));
    }

    /// <summary>The name as it was given.</summary>
    public string Name { get; }

    public Tokenizer Tokenizer { get; }

    public void Dispose() => _builtIn?.Dispose();

    private static Tokenizer LoadEncoding(string name)
    {
        var places = CacheFolders().Select(folder => Path.Combine(folder, KeptAs.GetValueOrDefault(name, name))).Prepend(name + ".tiktoken");
        return places.FirstOrDefault(File.Exists) is { } path
            ? Tokenizer.LoadTiktoken(path, TiktokenEncoding.Get(name))
            : throw new FileNotFoundException($"The ranks of {name} are neither here as {name}.tiktoken nor in tiktoken's cache (TIKTOKEN_CACHE_DIR); name the file by its path.");
    }

    private static IEnumerable<string> CacheFolders()
    {
        var named = Environment.GetEnvironmentVariable("TIKTOKEN_CACHE_DIR") ?? Environment.GetEnvironmentVariable("DATA_GYM_CACHE_DIR");
        return [string.IsNullOrEmpty(named) ? Path.Combine(Path.GetTempPath(), "data-gym-cache") : named];
    }
}

using Simile.Testing;
using Simile.Tokenizers.Training;

namespace Simile.Tokenizers.Tests.Fuzz;

/// <summary>Tokenizers to fuzz: trained ones, and every file below golden/tokenizers and models/tokenizers of the assets.</summary>
internal static class FuzzTokenizers
{
    public static string[] Names
    {
        get
        {
            string[] trained = [.. Enum.GetNames<TokenizerKind>()];
            return Assets.Root is null
                ? trained
                : [.. trained, "gpt2", "cl100k_base", "o200k_base", "llama2", .. Golden()
                    .Select(file => Path.GetFileName(Path.GetDirectoryName(file))!)];
        }
    }

    public static Tokenizer Load(string name)
    {
        var models = Assets.Root is null ? string.Empty : Path.Combine(Assets.Root, "models", "tokenizers");
        return name switch
        {
            "gpt2" => Tokenizer.LoadBpe(Path.Combine(models, "gpt2_encoder.json"), Path.Combine(models, "gpt2_vocab.bpe")),
            "cl100k_base" or "o200k_base" => Tokenizer.LoadTiktoken(Path.Combine(models, name + ".tiktoken"), TiktokenEncoding.Get(name)),
            "llama2" => Tokenizer.Load(Path.Combine(models, "llama2_tokenizer.model")),
            _ when Enum.TryParse<TokenizerKind>(name, out var kind) => Small.LoadFile("tokenizer.json", Trained(kind)),
            _ => Tokenizer.Load(Golden().First(file => Path.GetFileName(Path.GetDirectoryName(file)) == name)),
        };
    }

    /// <summary>A small tokenizer.json, trained on the texts of the fuzzing themselves.</summary>
    public static byte[] Trained(TokenizerKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("simile-fuzz-");
        try
        {
            var path = Path.Combine(folder.FullName, "tokenizer.json");
            TokenizerTrainer.Train(Enumerable.Range(0, 100).Select(seed => FuzzText.Next(new Random(seed), 200)), path, new TrainingOptions
            {
                Kind = kind,
                VocabularySize = 600,
            });
            return File.ReadAllBytes(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static IEnumerable<string> Golden() => Directory.GetDirectories(Path.Combine(Assets.Root!, "golden", "tokenizers"))
        .Order(StringComparer.Ordinal)
        .SelectMany(folder => new[] { "tokenizer.json", "tokenizer.model", "vocab.txt" }.Select(file => Path.Combine(folder, file))
            .Where(File.Exists)
            .Take(1));
}

using Simile.Tokenizers;

namespace WorstCases;

/// <summary>A tokenizer of every kind.</summary>
internal static class Tokenizers
{
    public static IEnumerable<(string Name, Func<Tokenizer> Load)> All(string assets)
    {
        var models = Path.Combine(assets, "models", "tokenizers");
        yield return ("BERT", () => Tokenizer.Load(Path.Combine(assets, "models", "all-MiniLM-L6-v2", "tokenizer.json")));
        yield return ("GPT-2", () => Tokenizer.LoadBpe(Path.Combine(models, "gpt2_encoder.json"), Path.Combine(models, "gpt2_vocab.bpe")));
        yield return ("Llama 2, SentencePiece", () => Tokenizer.Load(Path.Combine(models, "llama2_tokenizer.model")));
        foreach (var name in new[] { "cl100k_base", "o200k_base" })
        {
            yield return (name, () => Tokenizer.LoadTiktoken(Path.Combine(models, name + ".tiktoken"), TiktokenEncoding.Get(name)));
        }

        foreach (var folder in Directory.GetDirectories(Path.Combine(assets, "golden", "tokenizers")).Order(StringComparer.Ordinal))
        {
            if (new[] { "tokenizer.json", "tokenizer.model", "vocab.txt" }.Select(file => Path.Combine(folder, file))
                .FirstOrDefault(File.Exists)
                is { } file)
            {
                yield return (Path.GetFileName(folder), () => Tokenizer.Load(file));
            }
        }
    }
}

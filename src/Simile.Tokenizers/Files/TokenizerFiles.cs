namespace Simile.Tokenizers.Files;

/// <summary>Finds the tokenizer file of a folder and the reader of a file.</summary>
internal static class TokenizerFiles
{
    private static readonly string[] Names = ["tokenizer.json", "vocab.txt", "sentencepiece.model", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model"];

    public static Pipeline Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            path = Names.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException($"The folder {path} holds none of {string.Join(", ", Names)}, so it has no tokenizer.");
        }
        else if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no tokenizer file {path}.");
        }

        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => JsonField.Read(path) is var file && ScoredVocabulary.Is(file) ? ScoredVocabulary.Read(file) : TokenizerJson.Read(file),
            ".txt" => VocabularyText.Read(path),
            ".tiktoken" => TiktokenFile.Read(path),
            ".model" => SentencePieceFile.Read(path),
            _ => throw new InvalidDataException($"{path} is none of tokenizer.json, vocab.txt and a SentencePiece .model file."),
        };
    }
}

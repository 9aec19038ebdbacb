namespace Simile.Tokenizers.Files;

/// <summary>Finds the tokenizer file of a folder, and the reader for a file.</summary>
internal static class TokenizerFiles
{
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";

    private static readonly string[] Names =
        [
            "tokenizer.json", "vocab.txt", Merges, "sentencepiece.model", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model",
            "spm.model",
        ];

    public static Pipeline Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            path = Names.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) ?? FindRanks(path)
                ?? throw new FileNotFoundException(
                    $"The folder {path} holds none of {string.Join(", ", Names)} and *.tiktoken, so it has no tokenizer.");
        }
        else if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no tokenizer file {path}.");
        }

        RefuseLfsPointer(path);
        if (Path.GetFileName(path) == Merges || (Path.GetFileName(path) == Vocabulary && File.Exists(Beside(path, Merges))))
        {
            return ReadMerges(Beside(path, Vocabulary), Beside(path, Merges));
        }

        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" =>
                JsonField.Read(path) is var file && ScoredVocabulary.Is(file) ? ScoredVocabulary.Read(file) : TokenizerJson.Read(file),
            ".txt" => VocabularyText.Read(path),
            ".tiktoken" => TiktokenFile.Read(path),
            ".model" => SentencePieceFile.Read(path),
            _ =>
                throw new InvalidDataException(
                    $"{path} is none of tokenizer.json, vocab.txt, vocab.json with merges.txt, "
                    + "a SentencePiece .model file and a .tiktoken file."),
        };
    }

    // A clone without Git LFS holds three lines of text instead of a large file.
    private static void RefuseLfsPointer(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.StartsWith("version https://git-lfs.github.com/"u8))
        {
            throw new InvalidDataException(
                $"{path} is only a Git LFS pointer: run \"git lfs pull\" in its folder, or fetch the file itself.");
        }
    }

    private static Pipeline ReadMerges(string vocabulary, string merges) => File.Exists(vocabulary)
        ? VocabularyAndMerges.Read(vocabulary, merges, BpeFamily.Of(ModelFolder.Beside(vocabulary), JsonField.Read(vocabulary)))
        : throw new FileNotFoundException($"Beside {merges} there is no {Vocabulary}, which it needs.");

    private static string? FindRanks(string folder) =>
        Directory.EnumerateFiles(folder, "*.tiktoken").Order(StringComparer.Ordinal).FirstOrDefault();

    private static string Beside(string path, string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
}

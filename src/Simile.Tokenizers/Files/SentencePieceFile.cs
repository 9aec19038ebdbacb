namespace Simile.Tokenizers.Files;

internal static class SentencePieceFile
{
    public static Pipeline Read(string path) => throw new NotSupportedException($"{path}: SentencePiece is not built yet.");
}

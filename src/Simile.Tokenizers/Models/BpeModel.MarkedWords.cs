using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

internal sealed partial class BpeModel : IMarkedWords
{
    private bool? _hasSeparateWords;

    // ▁ is a token, so a run of unknown characters ends with its word.
    public bool HasSeparateWords => _hasSeparateWords ??= Options is { Prefix: "", Suffix: "", WholeWords: false }
        && _vocabulary.Find([SentencePieceNormalizer.Space]) >= 0
        && !Enumerable.Range(0, _vocabulary.Size).Any(id =>
            _vocabulary.Token(id) is { } token && token.TrimStart(SentencePieceNormalizer.Space).Contains(SentencePieceNormalizer.Space));

    float[]? IMarkedWords.Scores => null;

    WordCache IMarkedWords.Words(Workspace work) => WordCache.Of(work);

    WordMemory IMarkedWords.Encode(ReadOnlySpan<char> word, float sum, Workspace work)
    {
        Encode(word, WordCache.Of(work).Symbols);
        return WordMemory.Kept;
    }
}

namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>Turns ids back into text, as the decoder of the file says.</summary>
    /// <param name="ids">Ids; of a tokenizer.json those without a token are skipped, as the reference has it.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out. SentencePiece always leaves control symbols out.</param>
    /// <exception cref="ArgumentException">An id is not in a SentencePiece vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        if (_pipeline.PieceDecoder is { } pieces)
        {
            return pieces.Decode(ids);
        }

        var tokens = new List<string>(ids.Length);
        foreach (var id in ids)
        {
            var token = _pipeline.Added.Spelling(id) ?? _pipeline.Model.IdToToken(id);
            if (token is not null && !(skipSpecialTokens && _pipeline.Added.IsSpecial(token)))
            {
                tokens.Add(token);
            }
        }

        if (_pipeline.Decoders is null)
        {
            return string.Join(' ', tokens);
        }

        foreach (var decoder in _pipeline.Decoders)
        {
            decoder.Decode(tokens);
        }

        return string.Concat(tokens);
    }
}

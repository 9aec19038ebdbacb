namespace Simile.Tokenizers.Decoders;

/// <summary>
/// Passes the token of each id to the decoder of a tokenizer.json. Ids without a token are skipped, or refused if the pipeline says so.
/// </summary>
internal sealed class TokenDecoder(Pipeline pipeline, bool skipSpecialTokens, TokenSink links) : IdDecoder
{
    public override void Add(int id)
    {
        var token = pipeline.Added.Spelling(id) ?? pipeline.Model.IdToToken(id);
        if (token is null && pipeline.RefusesUnknownIds)
        {
            throw new ArgumentException($"The id {id} has no token in this vocabulary.", nameof(id));
        }

        if (token is not null && !(skipSpecialTokens && pipeline.Added.IsSpecial(token)))
        {
            links.Push(token, ends: true);
        }
    }

    public override void Finish() => links.Finish();
}

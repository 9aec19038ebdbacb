namespace Simile.Server.Models;

/// <summary>A model that has a vector for each token of a text.</summary>
internal interface ITokenEmbedder
{
    /// <summary>The vectors of the tokens of each text.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<float>>[]> EmbedTokensAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}

namespace Simile.Server.Models;

/// <summary>A model that scores texts against a query.</summary>
internal interface IReranker
{
    /// <summary>One score per text in order: greater is better.</summary>
    /// <param name="query">The query.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="isRaw">Whether to leave out the activation that the model asks for.</param>
    /// <param name="cancellationToken">Drops what still waits.</param>
    Task<float[]> ScoreAsync(string query, IReadOnlyList<string> texts, bool isRaw, CancellationToken cancellationToken);
}

namespace Simile.Models;

/// <summary>What was written: a table with one vector per token.</summary>
/// <param name="Folder">The folder of the new model.</param>
/// <param name="Tokens">Rows of its table.</param>
/// <param name="Dimensions">Columns of its table.</param>
/// <param name="Texts">Number of texts it was fitted on; 0 without texts.</param>
public sealed record DistillationResult(string Folder, int Tokens, int Dimensions, int Texts);

namespace Simile.Models;

/// <summary>What a distillation made.</summary>
/// <param name="Folder">The folder of the new model.</param>
/// <param name="Tokens">Rows of its table.</param>
/// <param name="Dimensions">Columns of its table.</param>
/// <param name="Texts">Texts it was fitted on; 0 without.</param>
public sealed record DistillationResult(string Folder, int Tokens, int Dimensions, int Texts);

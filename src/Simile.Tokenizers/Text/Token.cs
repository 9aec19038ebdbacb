namespace Simile.Tokenizers.Text;

/// <summary>A token from the model.</summary>
/// <param name="Id">Vocabulary id.</param>
/// <param name="Start">Start in the original text.</param>
/// <param name="End">End in the original text.</param>
/// <param name="Surface">The text at that position, if the vocabulary's text of the id differs from it.</param>
internal readonly record struct Token(int Id, int Start, int End, string? Surface = null);

namespace Simile.Tokenizers.Text;

/// <summary>A token as the model gave it.</summary>
/// <param name="Id">Vocabulary id.</param>
/// <param name="Start">First unit of the original text.</param>
/// <param name="End">Behind the last unit of the original text.</param>
/// <param name="Surface">What the text held there, where the vocabulary's own spelling of the id would not say it.</param>
internal readonly record struct Token(int Id, int Start, int End, string? Surface = null);

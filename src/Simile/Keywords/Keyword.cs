namespace Simile.Keywords;

/// <summary>A term of a text, as the keyword index stores it.</summary>
/// <param name="Term">The normalized term. It holds no space and no quotation mark.</param>
/// <param name="Form">What the term is.</param>
/// <param name="Start">Offset of its first character in the text, in UTF-16 units.</param>
/// <param name="End">Offset after its last character.</param>
internal readonly record struct Keyword(string Term, KeywordForm Form, int Start, int End);

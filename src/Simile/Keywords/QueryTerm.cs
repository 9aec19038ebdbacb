namespace Simile.Keywords;

/// <summary>A term of a query.</summary>
/// <param name="Term">A term as <see cref="KeywordTokenizer"/> gives it.</param>
/// <param name="Weight">How much it counts; 1 for a word.</param>
internal sealed record QueryTerm(string Term, double Weight);

namespace Simile.Keywords;

/// <summary>How well an item matches the terms of a query.</summary>
/// <param name="Score">BM25.</param>
/// <param name="Terms">The terms that it holds: bit i is the term i of the query, the last bit all terms from 63 on.</param>
internal readonly record struct KeywordMatch(double Score, ulong Terms);

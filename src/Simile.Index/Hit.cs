namespace Simile.Index;

/// <summary>A search result.</summary>
/// <param name="Id">The id of the vector: its position in the order of adding, from 0.</param>
/// <param name="Score">Greater is closer, for every metric.</param>
public readonly record struct Hit(int Id, float Score);

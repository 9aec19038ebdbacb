namespace Simile.Index;

/// <summary>One answer of a search.</summary>
/// <param name="Id">Row number of the vector found, from 0 in the order of adding.</param>
/// <param name="Score">How close it is: greater is closer, for every metric.</param>
public readonly record struct Hit(int Id, float Score);

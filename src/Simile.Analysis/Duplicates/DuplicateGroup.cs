namespace Simile.Analysis;

/// <summary>Items that are (nearly) the same.</summary>
/// <param name="Kept">The row that is kept.</param>
/// <param name="Members">The others, closest to the kept one first.</param>
public sealed record DuplicateGroup(int Kept, IReadOnlyList<DuplicateMember> Members);

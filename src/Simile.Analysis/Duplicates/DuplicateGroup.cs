namespace Simile.Analysis;

/// <summary>A group of (near-)duplicates.</summary>
/// <param name="Kept">The row that is kept.</param>
/// <param name="Members">The others, closest to the kept one first.</param>
public sealed record DuplicateGroup(int Kept, IReadOnlyList<DuplicateMember> Members);

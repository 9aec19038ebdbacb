namespace Simile.Sync.Walk;

/// <summary>What <see cref="FileWalk"/> passes over.</summary>
/// <param name="LeaveOut">A folder that is not entered: the store itself; null for none.</param>
/// <param name="ReadsIgnored">Whether files that ignore files name, and generated ones, are found too.</param>
/// <param name="ReadsHidden">Whether hidden files and folders are found too.</param>
internal sealed record WalkOptions(string? LeaveOut, bool ReadsIgnored, bool ReadsHidden);

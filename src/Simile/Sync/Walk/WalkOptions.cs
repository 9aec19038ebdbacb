namespace Simile.Sync.Walk;

/// <summary>Which files and folders <see cref="FileWalk"/> leaves out.</summary>
/// <param name="LeaveOut">A folder to skip: the store itself; null for none.</param>
/// <param name="ReadsIgnored">Whether ignored and generated files are included.</param>
/// <param name="ReadsHidden">Whether hidden files and folders are included.</param>
internal sealed record WalkOptions(string? LeaveOut, bool ReadsIgnored, bool ReadsHidden);

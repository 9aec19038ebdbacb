namespace Simile.Cli;

/// <summary>An answer of find or search, with its path as the user would write it.</summary>
internal sealed record FoundItem(string Path, CorpusHit Hit);

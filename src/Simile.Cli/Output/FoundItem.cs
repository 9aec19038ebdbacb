namespace Simile.Cli;

/// <summary>An answer of find or search, with its file as a person would name it.</summary>
internal sealed record FoundItem(string Path, CorpusHit Hit);

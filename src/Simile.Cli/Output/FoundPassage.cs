namespace Simile.Cli;

/// <summary>An answer of find or search: a passage, the file it stands in, as a person would name it, and its first line, counted from 1.</summary>
internal sealed record FoundPassage(string Path, int Line, float Score, string Text);

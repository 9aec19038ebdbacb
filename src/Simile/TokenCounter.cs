namespace Simile;

/// <summary>Returns the number of tokens of a text, without special tokens.</summary>
public delegate int TokenCounter(ReadOnlySpan<char> text);

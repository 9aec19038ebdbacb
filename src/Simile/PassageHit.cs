namespace Simile;

/// <summary>A passage that a search found.</summary>
/// <param name="Path">Full path of its file.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Start">Offset of its first character in the decoded file, in UTF-16 units; a byte order mark is not counted.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Score">Cosine of the query's vector and the passage's: greater is closer.</param>
/// <param name="Text">The passage as people read it; of plain text exactly the characters from Start to End.</param>
public readonly record struct PassageHit(string Path, int Line, int Start, int End, float Score, string Text);

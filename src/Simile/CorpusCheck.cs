namespace Simile;

/// <summary>The result of <see cref="Corpus.CheckAsync"/>.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Items">Number of items.</param>
/// <param name="HasChecksums">
/// False for a store of an older version: only its structure was checked. It gets checksums when it is next opened for writing.
/// </param>
/// <param name="Faults">The faults, one sentence each; empty if the store is intact.</param>
public sealed record CorpusCheck(int Files, int Items, bool HasChecksums, IReadOnlyList<string> Faults);

namespace Simile;

/// <summary>What <see cref="Corpus.CheckAsync"/> found in a store.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Items">Number of items.</param>
/// <param name="HasChecksums">False for a store of an older version, which gets checksums when it is next opened for writing: only its structure was checked.</param>
/// <param name="Faults">What is wrong, a sentence each; empty where the store is sound.</param>
public sealed record CorpusCheck(int Files, int Items, bool HasChecksums, IReadOnlyList<string> Faults);

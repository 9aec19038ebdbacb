namespace Simile;

/// <summary>The access mode of a corpus.</summary>
public enum CorpusAccess
{
    /// <summary>Synchronization and search, for one process at a time.</summary>
    ReadWrite,

    /// <summary>Search, for any number of processes, also beside a writer.</summary>
    ReadOnly,
}

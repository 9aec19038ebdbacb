namespace Simile;

/// <summary>What a corpus is opened for.</summary>
public enum CorpusAccess
{
    /// <summary>Synchronizing and searching; one process at a time.</summary>
    ReadWrite,

    /// <summary>Searching; any number of processes at once, also beside one that writes.</summary>
    ReadOnly,
}

namespace Simile.Index.Format;

/// <summary>The type of index in a file. The numbers are part of the format.</summary>
internal enum IndexKind
{
    Flat = 1,
    Hnsw = 2,
    Ivf = 3,
}

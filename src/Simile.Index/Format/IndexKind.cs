namespace Simile.Index.Format;

/// <summary>Which index a file holds; the numbers stand in files.</summary>
internal enum IndexKind
{
    Flat = 1,
    Hnsw = 2,
    Ivf = 3,
}

namespace Simile.Tables;

/// <summary>The accepted column names for vectors, ids, labels and texts; the first name of each is used for writing.</summary>
internal static class VectorNames
{
    public static readonly string[] Vectors = ["vector", "embedding", "vectors", "embeddings"];
    public static readonly string[] Ids = ["id", "path"];
    public static readonly string[] Labels = ["label"];
    public static readonly string[] Texts = ["text"];
}

namespace Simile.Tables;

/// <summary>The names that columns of vectors and of what is said of them have in files; the first one is written.</summary>
internal static class VectorNames
{
    public static readonly string[] Vectors = ["vector", "embedding", "vectors", "embeddings"];
    public static readonly string[] Ids = ["id", "path"];
    public static readonly string[] Labels = ["label"];
    public static readonly string[] Texts = ["text"];
}

using System.Runtime.InteropServices;
using Simile.Numerics;

/// <summary>Vectors, queries, and the exact 100 nearest neighbors of each: .fvecs and .ivecs files of the TEXMEX corpus.</summary>
internal sealed class DataSet
{
    public const int K = 10;

    private readonly string _folder;

    public DataSet(string folder, string name, int queries)
    {
        (_folder, Name) = (folder, name);
        Base = ReadFloats(BasePath);
        Queries = First(ReadFloats(QueriesPath), queries);
        Truth = ReadInts(TruthPath);
    }

    public string Name { get; }

    /// <summary>
    /// The vectors of glove and texts have length 1, and hnswlib compares them by the inner product, which then equals the cosine.
    /// </summary>
    public Metric Metric => Name is "glove" or "texts" ? Metric.Cosine : Metric.L2;

    public string PeerMetric => Metric == Metric.Cosine ? "ip" : "l2";

    public VectorMatrix Base { get; }

    public VectorMatrix Queries { get; }

    public int[][] Truth { get; }

    public string BasePath => PathOf("base.fvecs");

    public string QueriesPath => PathOf("query.fvecs");

    public string TruthPath => PathOf("gt.ivecs");

    public string PathOf(string part) => Path.Combine(_folder, "data", $"{Name}_{part}");

    public static VectorMatrix ReadFloats(string path)
    {
        var words = ReadWords(path);
        var (width, rows) = (words[0], words.Length / (words[0] + 1));
        var matrix = new VectorMatrix(rows, width);
        for (var i = 0; i < rows; i++)
        {
            MemoryMarshal.Cast<int, float>(words.AsSpan((i * (width + 1)) + 1, width)).CopyTo(matrix[i]);
        }

        return matrix;
    }

    public static int[][] ReadInts(string path)
    {
        var words = ReadWords(path);
        return [.. words.Chunk(words[0] + 1).Select(row => row[1..])];
    }

    public static void WriteRows(string path, IEnumerable<int[]> rows)
    {
        using var file = File.Create(path);
        foreach (var row in rows)
        {
            file.Write(MemoryMarshal.AsBytes<int>([row.Length]));
            file.Write(MemoryMarshal.AsBytes<int>(row));
        }
    }

    private static int[] ReadWords(string path)
    {
        using var file = File.OpenRead(path);
        var words = new int[file.Length / sizeof(int)];
        file.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    private static VectorMatrix First(VectorMatrix all, int count)
    {
        var some = new VectorMatrix(Math.Min(count, all.Count), all.Dimensions);
        all.AsSpan()[..some.AsSpan().Length].CopyTo(some.AsSpan());
        return some;
    }
}

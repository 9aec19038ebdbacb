// The vector store beside Chroma and LanceDB (peers.mjs): durable ingest, filtered searches, the first answer of a new process, the disk
// after half was deleted.
//   vectors FILE COUNT      writes COUNT × 384 floats, which all programs read
//   ingest FILE FOLDER COUNT    writes COUNT records in batches of 1,000
//   search FILE FOLDER      medians of 200 searches: without a filter, and with one that 1, 10 and 50 % of the records meet
//   first FILE FOLDER       time to the first exact answer in this process, beside reading the vectors once
//   halve FOLDER            deletes every second record and vacuums
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.VectorData;
using Simile.VectorData;

const int Dimensions = 384;
const int Batch = 1000;
const int Searches = 200;

switch (args)
{
    case ["vectors", var file, var count]:
        WriteVectors(file, Number(count));
        break;
    case ["ingest", var file, var folder, var count]:
        await IngestAsync(file, folder, Number(count));
        break;
    case ["search", var file, var folder]:
        await SearchAsync(file, folder);
        break;
    case ["first", var file, var folder]:
        await FirstAsync(file, folder);
        break;
    case ["halve", var folder]:
        await HalveAsync(folder);
        break;
    default:
        Console.Error.WriteLine("vectors FILE COUNT | ingest FILE FOLDER COUNT | search FILE FOLDER | first FILE FOLDER | halve FOLDER");
        return 2;
}

return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

// 1,000 centers with noise around them: neighbors are near, as those of embeddings are.
static void WriteVectors(string file, int count)
{
    var random = new Random(1);
    var centers = Enumerable.Range(0, 1000).Select(_ => Noise(random, 1f)).ToArray();
    using var stream = File.Create(file);
    for (var i = 0; i < count; i++)
    {
        var vector = Noise(random, 0.6f);
        var center = centers[random.Next(centers.Length)];
        for (var j = 0; j < Dimensions; j++)
        {
            vector[j] += center[j];
        }

        stream.Write(MemoryMarshal.AsBytes<float>(vector));
    }
}

static float[] Noise(Random random, float scale)
{
    var vector = new float[Dimensions];
    for (var i = 0; i < vector.Length; i++)
    {
        vector[i] = scale * (random.NextSingle() + random.NextSingle() - 1);
    }

    return vector;
}

static float[][] Vectors(FileStream stream, int count)
{
    var vectors = new float[count][];
    for (var i = 0; i < count; i++)
    {
        vectors[i] = new float[Dimensions];
        stream.ReadExactly(MemoryMarshal.AsBytes(vectors[i].AsSpan()));
    }

    return vectors;
}

static async Task IngestAsync(string file, string folder, int count)
{
    using var store = new SimileVectorStore(folder);
    var records = store.GetCollection<long, Entry>("entries");
    await records.EnsureCollectionExistsAsync();
    await using var stream = File.OpenRead(file);
    var clock = Stopwatch.StartNew();
    for (var first = 0; first < count; first += Batch)
    {
        var vectors = Vectors(stream, Batch);
        await records.UpsertAsync(vectors.Select((vector, i) => Entry.Of(first + i, vector)));
    }

    Console.WriteLine($"simile ingest: {count / clock.Elapsed.TotalSeconds:N0} records a second");
}

static async Task SearchAsync(string file, string folder)
{
    using var store = new SimileVectorStore(folder);
    var records = store.GetCollection<long, Entry>("entries");
    await using var stream = File.OpenRead(file);
    var queries = Vectors(stream, Searches);
    await records.OptimizeAsync();
    var recall = await records.MeasureRecallAsync(queries: 50);
    Console.WriteLine($"simile recall@10: {recall:0.000}");
    foreach (var (name, limit) in new[] { ("all", 100), ("50 %", 50), ("10 %", 10), ("1 %", 1) })
    {
        var milliseconds = new double[Searches];
        for (var i = 0; i < Searches; i++)
        {
            // Each search has a different filter, so that the store cannot reuse the rows of the last one.
            var most = limit - 1e-9 * i;
            var clock = Stopwatch.StartNew();
            var options = new VectorSearchOptions<Entry> { Filter = limit == 100 ? null : entry => entry.Percent < most };
            await records.SearchAsync(queries[i], 10, options).ToListAsync();
            milliseconds[i] = clock.Elapsed.TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        Console.WriteLine($"simile search, {name}: {milliseconds[Searches / 2]:0.00} ms");
    }
}

static async Task FirstAsync(string file, string folder)
{
    var clock = Stopwatch.StartNew();
    using var store = new SimileVectorStore(folder);
    var records = store.GetCollection<long, Entry>("entries", Entry.Exact);
    var query = new float[Dimensions];
    query[0] = 1;
    await records.SearchAsync(query, 10).ToListAsync();
    var first = clock.Elapsed.TotalSeconds;
    Console.WriteLine($"processor {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.00} s");

    // The same bytes from one plain file, read once.
    clock.Restart();
    var buffer = new byte[1 << 20];
    using (var plain = File.OpenRead(file))
    {
        while (plain.Read(buffer) > 0)
        {
        }
    }

    var read = clock.Elapsed.TotalSeconds;
    Console.WriteLine($"first answer {first:0.00} s, reading the vectors once {read:0.00} s: {first / read:0.0} times");
}

static async Task HalveAsync(string folder)
{
    using var store = new SimileVectorStore(folder);
    var records = store.GetCollection<long, Entry>("entries");
    await store.VacuumAsync();
    var before = Size(folder);
    var count = await records.CountAsync();
    foreach (var keys in Enumerable.Range(0, (int)count / 2).Select(i => 2L * i).Chunk(10_000))
    {
        await records.DeleteAsync(keys);
    }

    await store.VacuumAsync();
    Console.WriteLine($"disk after half was deleted: {100.0 * Size(folder) / before:0} % of {before / 1e6:N0} MB");
}

static long Size(string folder) =>
    Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);

/// <summary>A record of the measurement.</summary>
internal sealed class Entry
{
    [VectorStoreKey]
    public long Id { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public double Percent { get; set; }

    [VectorStoreData]
    public string Text { get; set; } = string.Empty;

    [VectorStoreVector(384)]
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>The same records, always searched exactly.</summary>
    public static VectorStoreCollectionDefinition Exact => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Id), typeof(long)),
            new VectorStoreDataProperty(nameof(Percent), typeof(double)) { IsIndexed = true },
            new VectorStoreDataProperty(nameof(Text), typeof(string)),
            new VectorStoreVectorProperty(nameof(Vector), typeof(ReadOnlyMemory<float>), 384) { IndexKind = IndexKind.Flat },
        ],
    };

    public static Entry Of(int i, float[] vector) =>
        new()
        {
            Id = i,
            Percent = i * 7 % 100,
            Text = $"Entry number {i} of the measurement, with a text of a usual length.",
            Vector = vector,
        };
}

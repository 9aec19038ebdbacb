using Simile.Index.Format;
using Simile.Numerics;
using Simile.Numerics.Files;
using Simile.Testing;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests;

/// <summary>An index whose vectors come and go takes the room of those it holds.</summary>
public sealed class GrowthTests : IDisposable
{
    private const int Dimensions = 96;
    private const int Held = 3000;
    private const int Batch = 1000;

    private readonly string _folder = Assets.NewFolder();

    private string Target => Path.Combine(_folder, "x.simi");

    public static TheoryData<string> Indexes() => ["flat", "hnsw", "ivf"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Batches_in_place_of_removed_vectors_do_not_make_it_grow(string kind)
    {
        var index = New(kind);
        var (vectors, random) = (Vectors(Batch, Dimensions, 3), new Random(1));
        index.Add(Vectors(Held, Dimensions, 1));
        index.Save(Target);
        var (bytes, memory) = (new FileInfo(Target).Length, index.MemoryBytes);
        for (var round = 0; round < 12; round++)
        {
            var held = Enumerable.Range(0, index.IdLimit).Where(index.Contains).ToArray();
            random.Shuffle(held);
            foreach (var id in held[..Batch])
            {
                index.Remove(id);
            }

            index.Add(vectors);
            if (round == 6)
            {
                index.Save(Target);
                index.Dispose();
                index = VectorIndex.Open(Target);
            }
        }

        index.Save(Target);
        Assert.Equal(Held, index.Count);
        Assert.InRange(new FileInfo(Target).Length, 0, bytes * 5 / 4);
        Assert.InRange(index.MemoryBytes, 0, memory * 8 / 5);
        using var opened = VectorIndex.Open(Target);
        foreach (var query in new[] { vectors[3].ToArray(), vectors[500].ToArray() })
        {
            Assert.Equal(index.Search(query, 20), opened.Search(query, 20));
        }

        index.Dispose();
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Cancelled_batches_leave_nothing(string kind)
    {
        using var index = New(kind);
        index.Add(Vectors(500, Dimensions, 1));
        var (before, batch) = (index.MemoryBytes, Vectors(5000, Dimensions, 2));
        for (var round = 0; round < 15; round++)
        {
            using var cancel = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => index.Add(batch, new Cancelling(cancel), cancel.Token));
        }

        Assert.Equal((500, 500), (index.Count, index.IdLimit));
        // Room for one more batch may stay.
        Assert.InRange(index.MemoryBytes, 0, kind == "hnsw" ? 2 * before : before + (2L * 5000 * Dimensions * sizeof(float)) + (1 << 23));
    }

    [Theory]
    [InlineData("hnsw")]
    [InlineData("ivf")]
    public void Ids_are_given_again_to_batches(string kind)
    {
        using var index = New(kind);
        index.Add(Vectors(2000, Dimensions, 1));
        for (var id = 300; id < 900; id++)
        {
            index.Remove(id);
        }

        Assert.Equal(kind == "hnsw" ? 300 : 400, index.Add(Vectors(500, Dimensions, 2)));
        Assert.Equal(2000, index.Add(Vectors(150, Dimensions, 3)));
        Assert.Equal(kind == "hnsw" ? 800 : 300, index.Add(Vectors(100, Dimensions, 4)));
        Assert.Equal(2150, index.IdLimit);
        Assert.Equal(2150, index.Count);
    }

    [Fact]
    public void A_few_vectors_with_great_ids_take_little()
    {
        using (var index = New("hnsw"))
        {
            index.Add(Vectors(100, Dimensions, 1));
            index.Save(Target);
        }

        SetIdLimit(50_000_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var opened = VectorIndex.Open(Target);
        Assert.Equal((100, 50_000_000), (opened.Count, opened.IdLimit));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 5_000_000);
        Assert.InRange(opened.MemoryBytes, 0, 5_000_000);
        Assert.Equal(100, opened.Add(Vectors(1, Dimensions, 2)[0]));
        Assert.Equal(101, opened.Add(Vectors(2, Dimensions, 3)));
        Assert.Equal(103, opened.Search(Vectors(1, Dimensions, 4)[0], 1000).Length);
    }

    // Writes a header of a hnsw index with another limit, and its checksums.
    private void SetIdLimit(int limit)
    {
        var bytes = File.ReadAllBytes(Target);
        BitConverter.TryWriteBytes(bytes.AsSpan(IndexFileLayout.PageBytes + (6 * sizeof(int))), limit);
        var entry = bytes.AsSpan(IndexFileLayout.DirectoryAt, IndexFileLayout.EntryBytes);
        var length = (int)BitConverter.ToInt64(entry[IndexFileLayout.EntryLengthAt..]);
        var table = (int)BitConverter.ToInt64(bytes.AsSpan(IndexFileLayout.TableOffsetAt));
        BitConverter.TryWriteBytes(bytes.AsSpan(table), Crc32C.Of(bytes.AsSpan(IndexFileLayout.PageBytes, length)));
        BitConverter.TryWriteBytes(bytes.AsSpan(IndexFileLayout.TableChecksumAt), Crc32C.Of(bytes.AsSpan(table)));
        BitConverter.TryWriteBytes(
            bytes.AsSpan(IndexFileLayout.ChecksumAt),
            Crc32C.Of(bytes.AsSpan(IndexFileLayout.LengthAt, IndexFileLayout.PageBytes - IndexFileLayout.LengthAt)));
        File.WriteAllBytes(Target, bytes);
    }

    private static VectorIndex New(string kind) => kind switch
    {
        "flat" => new FlatIndex(Metric.L2, Dimensions),
        "hnsw" => new HnswIndex(Metric.L2, Dimensions),
        _ => new IvfIndex(Metric.L2, Dimensions, new IvfOptions { TrainFrom = 1000 }),
    };
}

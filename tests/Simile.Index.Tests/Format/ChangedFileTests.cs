using Simile.Index.Format;
using Simile.Numerics;
using Simile.Testing;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Format;

/// <summary>What becomes of an open index when others write to its file.</summary>
public class ChangedFileTests
{
    private const int Dimensions = 24;

    private static readonly string[] Kinds = ["flat", "hnsw", "ivf"];

    public static TheoryData<string> Indexes() => [.. Kinds];

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_small_index_does_not_care(string kind)
    {
        WithFile(kind, path =>
        {
            foreach (var harm in Harms())
            {
                var (whole, query) = (File.ReadAllBytes(path), Vectors(1, Dimensions, 7)[0].ToArray());
                using var index = VectorIndex.Open(path);
                var before = index.Search(query, 10);
                harm(path);
                Assert.Equal(before, index.Search(query, 10));
                index.Add(query);
                index.Save(path);
                using var again = VectorIndex.Open(path);
                Assert.Equal(2501, again.Count);
                File.WriteAllBytes(path, whole);
            }
        });
    }

    [Fact]
    public void A_mapped_one_is_refused_in_a_sentence() => OwnProcess.Run(typeof(ChangedFileTests), () =>
    {
        IndexFile.CopiedBytes = 0;
        foreach (var kind in Kinds)
        {
            WithFile(kind, path =>
            {
                foreach (var harm in Harms())
                {
                    var (whole, query) = (File.ReadAllBytes(path), Vectors(1, Dimensions, 7)[0].ToArray());
                    using var index = VectorIndex.Open(path);
                    index.Search(query, 10);
                    harm(path);
                    Assert.Contains(
                        "while it was in use", Assert.Throws<IOException>(() => index.Search(query, 10)).Message, StringComparison.Ordinal);
                    Assert.Throws<IOException>(() => index.SearchRange(query, 0));
                    Assert.Throws<IOException>(() => index.Add(query));
                    Assert.Throws<IOException>(() => index.Remove(1));
                    Assert.Throws<IOException>(() => index.Tune());
                    Assert.Throws<IOException>(() => index.Save(path + "2"));
                    File.WriteAllBytes(path, whole);
                }
            });
        }
    });

    [Fact]
    public void A_mapped_one_whose_time_alone_is_another_goes_on() => OwnProcess.Run(typeof(ChangedFileTests), () =>
    {
        IndexFile.CopiedBytes = 0;
        foreach (var kind in Kinds)
        {
            WithFile(kind, path =>
            {
                var query = Vectors(1, Dimensions, 7)[0].ToArray();
                using var index = VectorIndex.Open(path);
                var before = index.Search(query, 10);
                File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                Assert.Equal(before, index.Search(query, 10));
                index.Save(path); // and one that is saved over keeps what it has
                Assert.Equal(before, index.Search(query, 10));
            });
        }
    });

    private static IEnumerable<Action<string>> Harms()
    {
        yield return path => File.WriteAllBytes(path, []);
        yield return path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]);
        yield return path => File.WriteAllText(path, "something else");
        yield return path => File.WriteAllBytes(path, new byte[new FileInfo(path).Length]);
    }

    private static void WithFile(string kind, Action<string> use)
    {
        var folder = Assets.NewFolder();
        try
        {
            var path = Path.Combine(folder, "x.simi");
            using VectorIndex index = kind switch
            {
                "flat" => new FlatIndex(Metric.L2, Dimensions),
                "hnsw" => new HnswIndex(Metric.L2, Dimensions),
                _ => new IvfIndex(Metric.L2, Dimensions, new IvfOptions { TrainFrom = 1000 }),
            };
            index.Add(Vectors(2500, Dimensions, 1));
            index.Save(path);
            use(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

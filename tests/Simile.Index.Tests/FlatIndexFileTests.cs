using Simile.Numerics;

namespace Simile.Index.Tests;

public sealed class FlatIndexFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simile-flat-").FullName;

    public static TheoryData<Metric, RowType> Forms => FlatIndexBatchTests.Forms;

    private string FilePath => Path.Combine(_folder, "index");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_opened_index_answers_and_changes_as_the_saved_one(Metric metric, RowType type)
    {
        using var saved = new FlatIndex(metric, 70, new FlatOptions { Rows = type }) { CodesFrom = 1000 };
        foreach (var count in new[] { 0, 1, 200 })
        {
            saved.Add(Vectors(count, count));
            Agree(saved);
        }

        saved.Remove(3);
        saved.Remove(200);
        saved.Add(Vectors(1, 9)[0]);
        saved.Sequence = 77;
        Agree(saved);
        Assert.True(saved.Remove(0));
        while (saved.Count > 0)
        {
            saved.Remove(saved.Search(Vectors(1, 5)[0], 1)[0].Id);
        }

        Agree(saved);
    }

    [Fact]
    public void A_damaged_file_is_refused_or_only_scores_wrongly()
    {
        using (var index = new FlatIndex(Metric.L2, 70) { CodesFrom = 1000 })
        {
            index.Add(Vectors(100, 1));
            index.Remove(5);
            index.Save(FilePath);
        }

        var (bytes, random) = (File.ReadAllBytes(FilePath), new Random(1));
        for (var i = 0; i < 300; i++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(FilePath, i % 10 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            try
            {
                using var opened = VectorIndex.Open(FilePath, i % 2 == 0 ? IndexCheck.All : IndexCheck.Structure);
                opened.Search(Vectors(1, 3)[0], 10);
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("index", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private void Agree(FlatIndex saved)
    {
        saved.Save(FilePath);
        using var opened = (FlatIndex)VectorIndex.Open(FilePath);
        Assert.Equal(
            (saved.Count, saved.IdLimit, saved.Options.Rows, saved.Sequence),
            (opened.Count, opened.IdLimit, opened.Options.Rows, opened.Sequence));
        AgreeNow(saved, opened);
        if (saved.Count > 10)
        {
            // Changes of the opened index are not the file's.
            using var changed = VectorIndex.Open(FilePath);
            Assert.True(changed.Remove(10));
            changed.Update(11, Vectors(1, 4)[0]);
            Assert.Equal(10, changed.Add(Vectors(1, 6)[0]));
            using var again = VectorIndex.Open(FilePath);
            AgreeNow(saved, again);
        }
    }

    private static void AgreeNow(VectorIndex expected, VectorIndex actual)
    {
        var queries = Vectors(12, 8);
        Assert.Equal(expected.Search(queries, 20), actual.Search(queries, 20));
        for (var i = 0; i < queries.Count; i++)
        {
            Assert.Equal(expected.Search(queries[i], 20), actual.Search(queries[i], 20));
        }
    }

    private static VectorMatrix Vectors(int count, int seed)
    {
        var random = new Random(seed);
        var matrix = new VectorMatrix(count, 70);
        foreach (ref var x in matrix.AsSpan())
        {
            x = MathF.Round((random.NextSingle() * 2) - 1, 2);
        }

        return matrix;
    }
}

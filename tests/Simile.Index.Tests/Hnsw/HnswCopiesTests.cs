using Simile.Numerics;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Hnsw;

public class HnswCopiesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Distinct_vectors_beside_thousands_of_equal_ones_are_found_as_without_them(bool oneByOne)
    {
        var distinct = Vectors(1500, 96, 1);
        var queries = Vectors(100, 96, 2);
        using var alone = new HnswIndex(Metric.Cosine, 96);
        alone.Add(distinct);
        using var index = new HnswIndex(Metric.Cosine, 96);
        index.Add(Equal(3000, 96, 0.25f));
        Add(index, distinct, oneByOne);
        for (var i = 0; i < distinct.Count; i++)
        {
            Assert.Equal(3000 + i, index.Search(distinct[i], 1)[0].Id);
        }

        var all = Equal(4500, 96, 0.25f);
        distinct.AsSpan().CopyTo(all.AsSpan()[(3000 * 96)..]);
        Assert.InRange(Recall(index, all, queries), Recall(alone, distinct, queries) - 0.005, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equal_vectors_are_answered_by_ascending_id_as_many_as_are_wanted(bool oneByOne)
    {
        using var index = new HnswIndex(Metric.L2, 40);
        Add(index, Equal(1200, 40, 1), oneByOne);
        var query = Equal(1, 40, 1)[0];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], index.Search(query, 10).Select(hit => hit.Id));
        Assert.Equal(1200, index.Search(query, 5000).Length);
        Assert.Equal(1200, index.SearchRange(query, -0.5f).Length);
        var odd = IdFilter.Of(1200, Enumerable.Range(0, 600).Select(i => (2 * i) + 1));
        Assert.Equal([1, 3, 5], index.Search(query, 3, odd).Select(hit => hit.Id));
        Assert.Equal(600, index.Search(query, 5000, odd).Length);
        Assert.Equal([777], index.Search(query, 5, IdFilter.Of(1200, [777])).Select(hit => hit.Id));
    }

    [Fact]
    public void Ids_of_equal_vectors_come_and_go_one_by_one()
    {
        var random = new Random(5);
        using var index = new HnswIndex(Metric.Dot, 8);
        var held = new SortedDictionary<int, float>();
        for (var i = 0; i < 3000; i++)
        {
            var value = random.Next(3);
            if (held.Count > 0 && random.Next(3) == 0)
            {
                var id = held.Keys.ElementAt(random.Next(held.Count));
                Assert.True(index.Remove(id));
                held.Remove(id);
            }
            else if (held.Count > 0 && random.Next(3) == 0)
            {
                var id = held.Keys.ElementAt(random.Next(held.Count));
                index.Update(id, Equal(1, 8, value)[0]);
                held[id] = value;
            }
            else
            {
                held.Add(index.Add(Equal(1, 8, value)[0]), value);
            }

            Assert.Equal(held.Count, index.Count);
            var expected = held.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(7).Select(pair => pair.Key);
            Assert.Equal(expected, index.Search(Equal(1, 8, 1)[0], 7).Select(hit => hit.Id));
        }

        foreach (var id in held.Keys.ToArray())
        {
            Assert.True(index.Remove(id));
        }

        Assert.Empty(index.Search(Equal(1, 8, 1)[0], 5));
    }

    [Fact]
    public void Equal_vectors_take_the_room_of_one_and_are_kept_in_the_file()
    {
        var vectors = Vectors(1200, 64, 1);
        using var index = new HnswIndex(Metric.L2, 64);
        index.Add(vectors);
        var before = index.MemoryBytes;
        for (var copy = 0; copy < 5; copy++)
        {
            index.Add(vectors);
        }

        Assert.Equal(7200, index.Count);
        Assert.InRange(index.MemoryBytes - before, 0, 6000 * 40);
        index.Remove(1200 + 17);
        index.Update(17, vectors[18]);
        var folder = Directory.CreateTempSubdirectory("simile-test-").FullName;
        index.Save(Path.Combine(folder, "a.simi"));
        using (var opened = (HnswIndex)VectorIndex.Open(Path.Combine(folder, "a.simi")))
        {
            Assert.Equal((index.Count, index.IdLimit), (opened.Count, opened.IdLimit));
            Assert.Equal(index.Search(vectors[17], 30), opened.Search(vectors[17], 30));
            Assert.Equal([2417, 3617, 4817, 6017], opened.Search(vectors[17], 4).Select(hit => hit.Id));
            Assert.Equal([17, 18, 1218], opened.Search(vectors[18], 3).Select(hit => hit.Id));
            Assert.Equal(1217, opened.Add(vectors[17]));
            Assert.Equal([1217, 2417, 3617, 4817, 6017], opened.Search(vectors[17], 5).Select(hit => hit.Id));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Zero_and_minus_zero_are_equal()
    {
        using var index = new HnswIndex(Metric.L2, 3);
        index.Add([0, 1, 2]);
        index.Add([-0f, 1, 2]);
        index.Add([0, 1, 3]);
        Assert.Equal([0, 1, 2], index.Search([0, 1, 2], 3).Select(hit => hit.Id));
    }

    [Theory]
    [InlineData(Metric.Cosine)]
    [InlineData(Metric.L2)]
    public void Updates_towards_one_point_leave_the_others_findable(Metric metric)
    {
        var vectors = Vectors(2400, 64, 1);
        using var index = new HnswIndex(metric, 64);
        index.Add(vectors);
        for (var i = 0; i < 1200; i++)
        {
            index.Update(i, vectors[0]);
            vectors[0].CopyTo(vectors[i]);
        }

        AssertRecall(index, vectors, Vectors(100, 64, 2), 0.97);
        Assert.Equal(10, index.Search(vectors[0], 10).Count(hit => hit.Id < 1200));
    }

    private static VectorMatrix Equal(int count, int dimensions, float value)
    {
        var vectors = new VectorMatrix(count, dimensions);
        vectors.AsSpan().Fill(value);
        return vectors;
    }

    private static void Add(HnswIndex index, VectorMatrix vectors, bool oneByOne)
    {
        if (!oneByOne)
        {
            index.Add(vectors);
            return;
        }

        for (var i = 0; i < vectors.Count; i++)
        {
            index.Add(vectors[i]);
        }
    }
}

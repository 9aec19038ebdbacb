using Simile.Numerics;

namespace Simile.Index.Tests;

public class FlatIndexChangeTests
{
    public static TheoryData<Metric> Metrics => [.. Enum.GetValues<Metric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Random_changes_and_searches_agree_with_a_dictionary(Metric metric)
    {
        const int Dimensions = 21;
        var random = new Random((int)metric);
        var model = new Dictionary<int, float[]>();
        using var index = new FlatIndex(metric, Dimensions);
        for (var step = 0; step < 4000; step++)
        {
            var some = random.Next(index.IdLimit + 1);
            switch (random.Next(8))
            {
                case 0 or 1 or 2:
                    var vector = Vector(random, Dimensions);
                    Assert.True(model.TryAdd(index.Add(vector), vector));
                    break;
                case 3:
                    var vectors = new VectorMatrix(random.Next(4), Dimensions);
                    Vector(random, vectors.AsSpan().Length).CopyTo(vectors.AsSpan());
                    var first = index.Add(vectors);
                    for (var i = 0; i < vectors.Count; i++)
                    {
                        Assert.True(model.TryAdd(first + i, vectors[i].ToArray()));
                    }

                    break;
                case 4 or 5:
                    Assert.Equal(model.Remove(some), index.Remove(some));
                    break;
                case 6 when model.ContainsKey(some):
                    index.Update(some, model[some] = Vector(random, Dimensions));
                    break;
                default:
                    Compare(index, model, random);
                    break;
            }

            Assert.Equal(model.Count, index.Count);
            Assert.Equal(model.ContainsKey(some), index.Contains(some));
        }
    }

    [Fact]
    public void Replacing_half_of_the_vectors_again_and_again_takes_no_more_memory()
    {
        var random = new Random(1);
        using var index = new FlatIndex(Metric.L2, 64);
        index.Add(new VectorMatrix(1000, 64));
        var (before, limit) = (index.MemoryBytes, index.IdLimit);
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < 500; i++)
            {
                index.Remove(random.Next(index.IdLimit));
            }

            while (index.Count < 1000)
            {
                index.Add(Vector(random, 64));
            }
        }

        Assert.Equal(limit, index.IdLimit);
        Assert.True(index.MemoryBytes <= before * 1.1);
    }

    [Fact]
    public void All_removed_and_added_again_together_get_their_ids_back()
    {
        using var index = new FlatIndex(Metric.Dot, 3);
        index.Add(new VectorMatrix(100, 3));
        for (var id = 99; id >= 0; id -= 1)
        {
            Assert.True(index.Remove(id));
        }

        Assert.Equal(0, index.Count);
        Assert.Equal(0, index.Add(new VectorMatrix(100, 3)));
        Assert.Equal(100, index.IdLimit);
    }

    [Fact]
    public void An_update_of_an_id_that_nobody_has_is_refused()
    {
        using var index = new FlatIndex(Metric.Dot, 2);
        index.Add([1f, 2f]);
        Assert.Throws<ArgumentException>(() => index.Update(1, [1f, 1f]));
        Assert.Throws<ArgumentException>(() => index.Update(-1, [1f, 1f]));
        Assert.True(index.Remove(0));
        Assert.Throws<ArgumentException>(() => index.Update(0, [1f, 1f]));
        Assert.False(index.Remove(0));
    }

    [Fact]
    public async Task Searches_and_changes_may_happen_at_once()
    {
        using var index = new FlatIndex(Metric.Dot, 8);
        index.Add(Enumerable.Repeat(1f, 8).ToArray());
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < 3000; i++)
                {
                    var id = index.Add([0, 0, 0, 0, 0, 0, 0, -1]);
                    if (i % 3 == 0)
                    {
                        index.Remove(id);
                    }
                }
            },
            TestContext.Current.CancellationToken);
        while (!writing.IsCompleted)
        {
            Assert.Equal([new Hit(0, 8)], index.Search([1, 1, 1, 1, 1, 1, 1, 1], 1));
        }

        await writing;
    }

    private static void Compare(FlatIndex index, Dictionary<int, float[]> model, Random random)
    {
        var query = Vector(random, index.Dimensions);
        var filter = random.Next(2) == 0
            ? null
            : IdFilter.Of(index.IdLimit, Enumerable.Range(0, index.IdLimit).Where(_ => random.Next(3) == 0));
        var expected = model.Where(pair => filter is null || filter.Allows(pair.Key))
            .Select(pair => (Id: pair.Key, Score: (double)index.Metric.Score(query, pair.Value)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).ToArray();
        var found = index.Search(query, 10, filter);
        Assert.Equal(Math.Min(10, expected.Length), found.Length);
        var scores = model.ToDictionary(pair => pair.Key, pair => index.Metric.Score(query, pair.Value));
        for (var i = 0; i < found.Length; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 1e-3);
            Assert.Equal(scores[found[i].Id], found[i].Score, 1e-3);
            Assert.True(filter is null || filter.Allows(found[i].Id));
            Assert.True(
                i == 0 || found[i - 1].Score > found[i].Score || (found[i - 1].Score == found[i].Score && found[i - 1].Id < found[i].Id));
        }

        Range(index, found, query, filter);
    }

    private static void Range(FlatIndex index, Hit[] found, float[] query, IdFilter? filter)
    {
        if (found.Length > 0)
        {
            var within = index.SearchRange(query, found[^1].Score, filter);
            Assert.Equal(found, within[..found.Length]);
            Assert.All(within, hit => Assert.True(hit.Score >= found[^1].Score));
            Assert.Equal(index.Search(query, Math.Max(1, index.Count), filter).Count(hit => hit.Score >= found[^1].Score), within.Length);
        }
    }

    private static float[] Vector(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => MathF.Round((random.NextSingle() * 2) - 1, 1))];
}

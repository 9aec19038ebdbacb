using Simile.Numerics;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Hnsw;

public class HnswIndexTests
{
    public static TheoryData<Metric> Metrics => [.. Enum.GetValues<Metric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Nearly_all_neighbours_are_found_under_every_metric(Metric metric)
    {
        var vectors = Vectors(4000, 64, 1, metric);
        using var index = Filled(metric, vectors);
        Assert.Equal(metric is Metric.Manhattan or Metric.Hamming ? 0 : 64, index.CodeBytes);
        AssertRecall(index, vectors, Vectors(100, 64, 2, metric), 0.97);
    }

    [Theory]
    [InlineData(HnswCodes.None, 0)]
    [InlineData(HnswCodes.EightBit, 64)]
    [InlineData(HnswCodes.FourBit, 64)]
    public void Every_code_finds_nearly_all(HnswCodes codes, int bytes)
    {
        var vectors = Vectors(3000, 48, 1);
        using var index = new HnswIndex(Metric.L2, 48, new HnswOptions { Codes = codes });
        index.Add(vectors);
        Assert.Equal(bytes, index.CodeBytes);
        AssertRecall(index, vectors, Vectors(100, 48, 2), 0.97);
    }

    [Fact]
    public void More_candidates_find_more()
    {
        var vectors = Vectors(8000, 128, 1);
        using var index = Filled(Metric.L2, vectors);
        var queries = Vectors(100, 128, 2);
        index.Ef = 10;
        var few = Recall(index, vectors, queries);
        index.Ef = 200;
        var many = Recall(index, vectors, queries);
        Assert.True(few < many);
        Assert.InRange(many, 0.99, 1);
    }

    [Fact]
    public void Scores_are_those_of_the_vectors_themselves()
    {
        var vectors = Vectors(3000, 48, 1);
        using var index = Filled(Metric.L2, vectors);
        var query = Vectors(1, 48, 2)[0].ToArray();
        foreach (var hit in index.Search(query, 20))
        {
            Assert.Equal(Metric.L2.Score(query, vectors[hit.Id]), hit.Score, 1e-3f);
        }
    }

    [Fact]
    public void The_same_vectors_give_the_same_graph_whatever_the_number_of_cores()
    {
        var vectors = Vectors(3000, 64, 1);
        using var index = Filled(Metric.Cosine, vectors);
        var path = Path.Combine(Directory.CreateTempSubdirectory("simile-test-").FullName, "a.simi");
        index.Save(path);
        var expected = File.ReadAllBytes(path);
        using (Pinned.ToOneCore())
        {
            using var again = Filled(Metric.Cosine, vectors);
            again.Save(path);
        }

        Assert.Equal(expected, File.ReadAllBytes(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Whole_numbers_up_to_255_are_kept_in_bytes_and_others_turn_them_into_floats()
    {
        var vectors = Vectors(8000, 64, 1);
        foreach (ref var component in vectors.AsSpan())
        {
            component = MathF.Round(Math.Clamp(128 + (30 * component), 0, 255));
        }

        using var index = Filled(Metric.L2, vectors);
        Assert.InRange(index.MemoryBytes / (double)index.Count, 64, 64 + 64 + 96 + 40);
        var query = vectors[7].ToArray();
        Assert.Equal(new Hit(7, 0), index.Search(query, 1)[0]);
        query[3] += 0.5f;
        var id = index.Add(query);
        Assert.Equal(new Hit(id, 0), index.Search(query, 1)[0]);
        Assert.Equal(new Hit(7, -0.25f), index.Search(query, 2)[1]);
        AssertRecall(index, vectors, vectors, 0.97, 100);
    }

    [Fact]
    public void A_vector_takes_little_more_than_its_own_bytes()
    {
        using var index = Filled(Metric.Cosine, Vectors(20_000, 100, 1));
        Assert.InRange(index.MemoryBytes / (double)index.Count, 400, 400 + 64 + 96 + 24);
    }

    [Fact]
    public void Vectors_added_one_by_one_are_found_as_those_added_at_once()
    {
        var vectors = Vectors(3000, 40, 1);
        using var index = new HnswIndex(Metric.Cosine, 40);
        for (var i = 0; i < vectors.Count; i++)
        {
            Assert.Equal(i, index.Add(vectors[i]));
        }

        AssertRecall(index, vectors, Vectors(100, 40, 2), 0.97);
    }

    [Fact]
    public void Replacing_half_of_the_vectors_costs_no_recall_and_no_memory()
    {
        const int Count = 6000;
        var vectors = Vectors(2 * Count, 64, 1);
        using var index = Filled(Metric.L2, Rows(vectors, 0, Count));
        var (before, random) = (index.MemoryBytes, new Random(3));
        var held = Enumerable.Range(0, Count).ToDictionary(id => id, id => id);
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < Count / 20; i++)
            {
                var (id, row) = (random.Next(Count), Count + (round * Count / 20) + i);
                Assert.True(index.Remove(id) == held.Remove(id));
                id = index.Add(vectors[row]);
                held[id] = row;
            }
        }

        while (index.Count < Count)
        {
            var (id, row) = (index.Add(vectors[index.Count]), index.Count - 1);
            held[id] = row;
        }

        var ids = held.Keys.Order().ToArray();
        var kept = new VectorMatrix(ids.Length, 64);
        for (var i = 0; i < ids.Length; i++)
        {
            vectors[held[ids[i]]].CopyTo(kept[i]);
        }

        using var fresh = Filled(Metric.L2, kept);
        var queries = Vectors(200, 64, 2);
        Assert.InRange(Recall(index, kept, queries, ids), Recall(fresh, kept, queries) - 0.005, 1);
        Assert.InRange(index.MemoryBytes, before / 2, before * 1.1);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Filters_let_only_their_ids_through_and_find_the_nearest_of_them(double share)
    {
        var vectors = Vectors(8000, 64, 1);
        using var index = Filled(Metric.Cosine, vectors);
        var random = new Random(5);
        var ids = Enumerable.Range(0, vectors.Count).Where(_ => random.NextDouble() < share).ToArray();
        var filter = IdFilter.Of(index.IdLimit, ids);
        var allowed = new VectorMatrix(ids.Length, 64);
        for (var i = 0; i < ids.Length; i++)
        {
            vectors[ids[i]].CopyTo(allowed[i]);
        }

        Assert.InRange(Recall(index, allowed, Vectors(100, 64, 2), ids, filter), 0.95, 1);
    }

    [Fact]
    public void A_filter_that_lets_through_what_is_far_away_still_finds_it()
    {
        var vectors = Vectors(6000, 64, 1);
        using var index = Filled(Metric.L2, vectors);
        var query = vectors[0].ToArray();
        using var exact = new FlatIndex(Metric.L2, 64);
        exact.Add(vectors);
        var far = exact.Search(query, 6000).Skip(3000).Select(hit => hit.Id);
        var filter = IdFilter.Of(6000, far);
        Assert.InRange(
            exact.Search(query, 10, filter).IntersectBy(index.Search(query, 10, filter).Select(hit => hit.Id), hit => hit.Id).Count(),
            9,
            10);
    }

    [Fact]
    public void A_range_holds_what_scores_at_least_as_much()
    {
        var vectors = Vectors(4000, 48, 1);
        using var index = Filled(Metric.L2, vectors);
        using var exact = new FlatIndex(Metric.L2, 48);
        exact.Add(vectors);
        var query = Vectors(1, 48, 2)[0].ToArray();
        foreach (var wanted in new[] { 3, 70, 500 })
        {
            var least = exact.Search(query, wanted)[^1].Score;
            var found = index.SearchRange(query, least).Select(hit => hit.Id).ToHashSet();
            Assert.InRange(exact.SearchRange(query, least).Count(hit => found.Contains(hit.Id)), 0.95 * wanted, wanted);
        }
    }

    [Fact]
    public void A_warm_search_allocates_nothing()
    {
        var vectors = Vectors(3000, 64, 1);
        using var index = Filled(Metric.Cosine, vectors);
        AssertAllocatesNothing(index, vectors[5].ToArray());
    }

    [Fact]
    public async Task Searches_go_on_while_vectors_come_and_go()
    {
        var vectors = Vectors(4000, 48, 1);
        using var index = Filled(Metric.L2, Rows(vectors, 0, 2000));
        using var stop = new CancellationTokenSource();
        using var searching = new CountdownEvent(3);
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Factory.StartNew(() => Search(reader), TaskCreationOptions.LongRunning))
            .ToArray();
        searching.Wait(TestContext.Current.CancellationToken);
        var writer = new Random(9);
        for (var i = 0; i < 1500; i++)
        {
            index.Remove(writer.Next(index.IdLimit));
            index.Add(vectors[writer.Next(4000)]);
            index.Update(Enumerable.Range(0, index.IdLimit).First(index.Contains), vectors[writer.Next(4000)]);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);

        void Search(int reader)
        {
            var (hits, random) = (new Hit[10], new Random(reader));
            for (var searches = 0; !stop.IsCancellationRequested; searches++)
            {
                if (searches == 1)
                {
                    searching.Signal();
                }

                var found = index.Search(vectors[random.Next(4000)], hits.AsSpan());
                Assert.Equal(10, found);
                Assert.Equal(10, hits.DistinctBy(hit => hit.Id).Count());
                for (var i = 1; i < found; i++)
                {
                    Assert.True(hits[i - 1].Score >= hits[i].Score);
                }
            }
        }
    }

    [Fact]
    public void A_cancelled_call_adds_nothing()
    {
        var vectors = Vectors(3000, 64, 1);
        using var index = Filled(Metric.L2, Rows(vectors, 0, 1200));
        using var cancel = new CancellationTokenSource();
        var progress = new Cancelling(cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => index.Add(Rows(vectors, 1200, 3000), progress, cancel.Token));
        Assert.Equal((1200, 1200), (index.Count, index.IdLimit));
        Assert.All(index.Search(vectors[2000], 50), hit => Assert.True(hit.Id < 1200));
        Assert.Equal(1200, index.Add(Rows(vectors, 1200, 3000)));
        AssertRecall(index, vectors, Vectors(100, 64, 2), 0.97);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Huge_numbers_neither_hide_other_vectors_nor_score_NaN(Metric metric)
    {
        var (vectors, random) = (Vectors(3000, 40, 1, metric), new Random(4));
        var queries = Vectors(50, 40, 2, metric);
        for (var i = 0; i < vectors.Count; i += 300)
        {
            foreach (ref var component in vectors[i])
            {
                component = float.MaxValue * ((2 * random.NextSingle()) - 1);
            }
        }

        using var index = Filled(metric, vectors);
        using var exact = new FlatIndex(metric, 40);
        exact.Add(vectors);
        float[][] all = [.. Enumerable.Range(0, queries.Count).Select(i => queries[i].ToArray()), vectors[300].ToArray()];
        foreach (var query in all)
        {
            var hits = index.Search(query, vectors.Count);
            Assert.Equal(vectors.Count, hits.Length);
            Assert.DoesNotContain(hits, hit => float.IsNaN(hit.Score));
            Assert.Equal(hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id), hits);
            var nearest = exact.Search(query, 10);
            Assert.InRange(index.Search(query, 10).Count(hit => hit.Score >= nearest[^1].Score), 8, 10);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        using var index = new HnswIndex(Metric.Cosine, 4);
        Assert.Contains(
            "4 dimensions, not 3", Assert.Throws<ArgumentException>(() => index.Add([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Add([1, 2, 3, float.NaN]));
        Assert.Throws<ArgumentException>(() => index.Search([1, 2, float.PositiveInfinity, 4], 1));
        Assert.Throws<ArgumentException>(() => index.Update(0, [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => index.SearchRange([1, 2, 3, 4], float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HnswIndex(Metric.L2, 4, new HnswOptions { M = 1 }));
        Assert.Empty(index.Search([1, 2, 3, 4], 5));
        Assert.Equal(0, index.Add([1, 2, 3, 4]));
        Assert.Equal(1, Assert.Single(index.Search([1, 2, 3, 4], 5)).Score, 1e-6f);
    }

    private static HnswIndex Filled(Metric metric, VectorMatrix vectors)
    {
        var index = new HnswIndex(metric, vectors.Dimensions);
        Assert.Equal(0, index.Add(vectors));
        return index;
    }
}

using Simile.Numerics;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Ivf;

public class IvfIndexTests
{
    public static TheoryData<Metric> Metrics => [Metric.Cosine, Metric.Dot, Metric.L2];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Nearly_all_neighbours_are_found_under_every_metric(Metric metric)
    {
        var vectors = Vectors(8000, 64, 1, metric);
        using var index = IvfIndex.Build(vectors, metric);
        Assert.Equal((int)(4 * Math.Sqrt(8000)), index.NList);
        AssertRecall(index, vectors, Vectors(100, 64, 2, metric), 0.97);
    }

    // The test vectors vary along few of their directions: centroids and codes are along axes.
    [Theory]
    [MemberData(nameof(Metrics))]
    public void Long_vectors_that_vary_along_few_directions_are_found_saved_and_opened(Metric metric)
    {
        var (vectors, queries) = (Vectors(6000, 200, 1, metric), Vectors(100, 200, 2, metric));
        foreach (ref var component in vectors.AsSpan())
        {
            component += 3; // the mean is far from zero
        }

        using var index = IvfIndex.Build(vectors, metric);
        var centroid = 4.0 * 200 * index.NList / index.Count;
        Assert.InRange(index.MemoryBytes, 0, (index.Count * (800 + 50 + 12 + (centroid / 2))) + (1 << 22));
        AssertRecall(index, vectors, queries, 0.97);
        var path = Path.Combine(Directory.CreateTempSubdirectory("simile-test-").FullName, "a.simi");
        index.Save(path);
        using (var opened = VectorIndex.Open(path))
        {
            Assert.Equal(index.Search(queries, 10), opened.Search(queries, 10));
            Assert.Equal(6000, opened.Add(vectors[5]));
            Assert.Equal([5, 6000], opened.Search(vectors[5], 2).Select(hit => hit.Id));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Answers_are_exact_while_there_are_too_few_for_lists()
    {
        var vectors = Vectors(2000, 48, 1);
        using var index = IvfIndex.Build(vectors, Metric.L2);
        Assert.Equal(0, index.NList);
        AssertRecall(index, vectors, Vectors(100, 48, 2), 1);
    }

    [Fact]
    public void More_lists_and_more_candidates_find_more()
    {
        var vectors = Vectors(8000, 96, 1);
        var queries = Vectors(200, 96, 2);
        using var index = IvfIndex.Build(vectors, Metric.L2);
        double[] found = [.. new[] { 1, 2, 4, 8, 32, 128 }.Select(lists =>
        {
            index.NProbe = lists;
            return Recall(index, vectors, queries);
        })];
        Assert.Equal(found.Order(), found);
        Assert.True(found[0] < found[^1]);
        Assert.InRange(found[^1], 0.99, 1);
        index.Rescore = 1;
        Assert.True(Recall(index, vectors, queries) < found[^1]);
    }

    [Fact]
    public void Every_list_and_every_candidate_find_all()
    {
        var vectors = Vectors(5000, 40, 1);
        using var index = IvfIndex.Build(vectors, Metric.Cosine);
        (index.NProbe, index.Rescore) = (index.NList, 500);
        AssertRecall(index, vectors, Vectors(50, 40, 2), 1);
    }

    [Fact]
    public void Scores_are_those_of_the_vectors_themselves()
    {
        var vectors = Vectors(5000, 48, 1);
        using var index = IvfIndex.Build(vectors, Metric.L2);
        var query = Vectors(1, 48, 2)[0].ToArray();
        Assert.All(index.Search(query, 20), hit => Assert.Equal(Metric.L2.Score(query, vectors[hit.Id]), hit.Score, 1e-3f));
    }

    [Theory]
    [InlineData(100, 26)]
    [InlineData(384, 24)]
    public void A_vector_takes_little_more_than_its_own_bytes(int dimensions, int codeBytes)
    {
        const int Chunk = 1 << 22;
        using var index = IvfIndex.Build(Vectors(20_000, dimensions, 1), Metric.Cosine);
        const int IdTermAndList = 12;
        var row = 4 * dimensions;
        var lists = index.NList * (row + (32 * (codeBytes + 8))); // a centroid, and blocks of 32
        Assert.InRange(index.MemoryBytes, index.Count * row, (index.Count * (row + codeBytes + IdTermAndList)) + lists + Chunk);
    }

    [Fact]
    public void The_same_vectors_give_the_same_lists_whatever_the_number_of_cores()
    {
        var vectors = Vectors(6000, 64, 1);
        var path = Path.Combine(Directory.CreateTempSubdirectory("simile-test-").FullName, "a.simi");
        using var index = IvfIndex.Build(vectors, Metric.Cosine);
        index.Save(path);
        var expected = File.ReadAllBytes(path);
        using (Pinned.ToOneCore())
        {
            using var again = IvfIndex.Build(vectors, Metric.Cosine);
            again.Save(path);
        }

        Assert.Equal(expected, File.ReadAllBytes(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Vectors_added_one_by_one_or_in_parts_are_found_as_those_added_at_once()
    {
        var vectors = Vectors(7000, 40, 1);
        using var index = IvfIndex.Build(Rows(vectors, 0, 4100), Metric.Cosine);
        for (var i = 4100; i < 5000; i++)
        {
            Assert.Equal(i, index.Add(vectors[i]));
        }

        Assert.Equal(5000, index.Add(Rows(vectors, 5000, 7000)));
        AssertRecall(index, vectors, Vectors(100, 40, 2), 0.97);
    }

    [Fact]
    public void Replacing_half_of_the_vectors_costs_no_recall_and_no_memory()
    {
        const int Count = 6000;
        var vectors = Vectors(3 * Count / 2, 64, 1);
        using var index = IvfIndex.Build(Rows(vectors, 0, Count), Metric.L2);
        var (before, kept) = (index.MemoryBytes, Rows(vectors, 0, Count));
        for (var id = 0; id < Count; id += 2)
        {
            index.Remove(id);
            Assert.Equal(id, index.Add(vectors[Count + (id / 2)]));
            vectors[Count + (id / 2)].CopyTo(kept[id]);
        }

        using var fresh = IvfIndex.Build(kept, Metric.L2);
        var queries = Vectors(200, 64, 2);
        Assert.InRange(Recall(index, kept, queries), Recall(fresh, kept, queries) - 0.005, 1);
        Assert.InRange(index.MemoryBytes, before / 2, before * 1.1);
    }

    [Fact]
    public void What_is_left_of_many_vectors_is_found_as_well()
    {
        var vectors = Vectors(18_000, 32, 1);
        using var index = IvfIndex.Build(vectors, Metric.L2);
        for (var id = 4400; id < vectors.Count; id++)
        {
            index.Remove(id);
        }

        Assert.Equal((int)(4 * Math.Sqrt(4500)), index.NList);
        AssertRecall(index, Rows(vectors, 0, 4400), Vectors(100, 32, 2), 0.95);
        for (var id = 1100; id < 4400; id++)
        {
            index.Remove(id);
        }

        Assert.Equal(0, index.NList);
        AssertRecall(index, Rows(vectors, 0, 1100), Vectors(100, 32, 2), 1);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Filters_let_only_their_ids_through_and_find_the_nearest_of_them(double share)
    {
        var vectors = Vectors(8000, 64, 1);
        using var index = IvfIndex.Build(vectors, Metric.Cosine);
        var random = new Random(5);
        var ids = Enumerable.Range(0, vectors.Count).Where(_ => random.NextDouble() < share).ToArray();
        var allowed = new VectorMatrix(ids.Length, 64);
        for (var i = 0; i < ids.Length; i++)
        {
            vectors[ids[i]].CopyTo(allowed[i]);
        }

        Assert.InRange(Recall(index, allowed, Vectors(100, 64, 2), ids, IdFilter.Of(index.IdLimit, ids)), 0.95, 1);
    }

    [Fact]
    public void A_warm_search_allocates_nothing()
    {
        var vectors = Vectors(5000, 64, 1);
        using var index = IvfIndex.Build(vectors, Metric.Cosine);
        AssertAllocatesNothing(index, vectors[5].ToArray());
    }

    [Theory]
    [InlineData(0, 6000)]
    [InlineData(5000, 6000)]
    [InlineData(5000, 30_000)]
    public void A_cancelled_call_leaves_the_index_as_it_was(int held, int all)
    {
        var vectors = Vectors(all, 32, 1);
        var queries = Vectors(50, 32, 2);
        using var index = IvfIndex.Build(Rows(vectors, 0, held), Metric.L2);
        var (lists, before) = (index.NList, index.Search(queries, 10));
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => index.Add(Rows(vectors, held, all), new Cancelling(cancel), cancel.Token));
        Assert.Equal((held, held, lists), (index.Count, index.IdLimit, index.NList));
        Assert.Equal(before, index.Search(queries, 10));
        Assert.Equal(held, index.Add(Rows(vectors, held, all)));
        AssertRecall(index, vectors, queries, 0.94);
    }

    [Fact]
    public void Progress_grows_up_to_the_number_of_vectors()
    {
        var told = new Told();
        using var index = new IvfIndex(Metric.L2, 32);
        index.Add(Vectors(6000, 32, 1), told);
        Assert.Equal(told.Values.Order(), told.Values);
        Assert.Equal(6000, told.Values[^1]);
    }

    [Theory]
    [InlineData(Metric.Cosine, 40)]
    [InlineData(Metric.Dot, 40)]
    [InlineData(Metric.L2, 40)]
    [InlineData(Metric.Cosine, 200)]
    [InlineData(Metric.Dot, 200)]
    [InlineData(Metric.L2, 200)]
    public void Huge_numbers_neither_hide_other_vectors_nor_score_NaN(Metric metric, int dimensions)
    {
        var (vectors, random) = (Vectors(5000, dimensions, 1, metric), new Random(4));
        var queries = Vectors(50, dimensions, 2, metric);
        for (var i = 0; i < vectors.Count; i += 500)
        {
            foreach (ref var component in vectors[i])
            {
                component = float.MaxValue * ((2 * random.NextSingle()) - 1);
            }
        }

        using var index = IvfIndex.Build(vectors, metric);
        using var exact = new FlatIndex(metric, dimensions);
        exact.Add(vectors);
        var usual = IdFilter.Of(5000, Enumerable.Range(0, 5000).Where(id => id % 500 != 0));
        var found = 0;
        for (var i = 0; i < queries.Count; i++)
        {
            var (hits, nearest) = (index.Search(queries[i], 10, usual), exact.Search(queries[i], 10, usual));
            found += hits.Count(hit => hit.Score >= nearest[^1].Score - (1e-5f * MathF.Abs(nearest[^1].Score)));
            Assert.DoesNotContain(index.Search(queries[i], 10), hit => float.IsNaN(hit.Score));
        }

        Assert.InRange(found / 500.0, 0.95, 1);
        if (metric != Metric.Cosine) // which has no huge queries
        {
            Assert.Equal(exact.Search(vectors[500], 10).Select(hit => hit.Score), index.Search(vectors[500], 10).Select(hit => hit.Score));
        }
    }

    [Fact]
    public void A_set_of_huge_vectors_alone_is_scanned()
    {
        var vectors = new VectorMatrix(4200, 8);
        for (var i = 0; i < vectors.Count; i++)
        {
            vectors[i].Fill(1e12f * (i + 1));
        }

        using var index = IvfIndex.Build(vectors, Metric.Dot);
        Assert.Equal(0, index.NList);
        Assert.Equal([4199, 4198], index.Search([1, 1, 1, 1, 1, 1, 1, 1], 2).Select(hit => hit.Id));
    }

    [Fact]
    public void A_range_finds_a_single_allowed_vector_wherever_it_lies()
    {
        var vectors = Vectors(6000, 48, 1);
        using var index = IvfIndex.Build(vectors, Metric.L2);
        Assert.True(index.NList > 16);
        for (var id = 0; id < 300; id++)
        {
            Assert.Equal([id], index.SearchRange(vectors[6000 - 1 - id], -1e9f, IdFilter.Of(6000, [id])).Select(hit => hit.Id));
        }

        int[] many = [.. Enumerable.Range(0, 2000)];
        Assert.InRange(index.SearchRange(vectors[5000], -1e9f, IdFilter.Of(6000, many)).Length, 1990, 2000);
    }

    [Fact]
    public void A_range_of_equal_vectors_holds_all_of_them()
    {
        var vectors = new VectorMatrix(6000, 48);
        for (var i = 0; i < vectors.Count; i++)
        {
            vectors[i].Fill(0.5f);
        }

        foreach (var metric in new[] { Metric.L2, Metric.Cosine, Metric.Dot })
        {
            using var index = IvfIndex.Build(vectors, metric);
            Assert.Equal(6000, index.SearchRange(vectors[0], metric == Metric.L2 ? -1e-3f : 0.99f).Length);
            Assert.Equal(
                3000,
                index.SearchRange(vectors[0], metric == Metric.L2 ? -1e-3f : 0.99f, IdFilter.Of(6000, Enumerable.Range(0, 3000))).Length);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        using var index = new IvfIndex(Metric.Cosine, 4);
        Assert.Contains(
            "4 dimensions, not 3", Assert.Throws<ArgumentException>(() => index.Add([1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "does not support", Assert.Throws<ArgumentException>(() => new IvfIndex(Metric.Hamming, 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Add([1, 2, 3, float.NaN]));
        Assert.Throws<ArgumentException>(() => index.Search([1, 2, float.PositiveInfinity, 4], 1));
        Assert.Throws<ArgumentException>(() => index.Update(0, [1, 2, 3, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.NProbe = 0);
        Assert.Throws<ArgumentException>(() => new IvfIndex(Metric.L2, 4, new IvfOptions { Subspaces = 5 }));
        Assert.Empty(index.Search([1, 2, 3, 4], 5));
    }

    private sealed class Told : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}

using Simile.Numerics;
using Simile.Testing;

namespace Simile.Index.Tests;

/// <summary>
/// Random additions, replacements, removals, searches, saving and reopening, compared with a dictionary of vectors that are scored one by
/// one. Derived classes test one index each. SIMILE_OPERATIONS is the number of operations per metric (default 2,000; 333,333 take
/// minutes). The index alternately grows and shrinks.
/// </summary>
public abstract class RandomOperations
{
    // Different numbers in a vector: those of many dimensions repeat them.
    private const int Numbers = 12;
    private const int K = 5;
    private const int Turn = 8000;
    private const int Compared = 20;

    private readonly Dictionary<int, float[]> _model = [];
    private int _searches;
    private int _wanted;
    private int _found;

    /// <summary>An empty index of few dimensions, with settings that make small numbers of vectors go through all of its code.</summary>
    protected abstract VectorIndex Create(Metric metric, int dimensions);

    /// <summary>Components of the vectors.</summary>
    protected virtual int Dimensions => Numbers;

    /// <summary>Share of the exact nearest that searches must find over the whole run: 1 for an exact index.</summary>
    protected virtual double LeastRecall => 0.95;

    private static int Operations => int.TryParse(Environment.GetEnvironmentVariable("SIMILE_OPERATIONS"), out var count) ? count : 2000;

    [Theory]
    [InlineData(Metric.Cosine)]
    [InlineData(Metric.Dot)]
    [InlineData(Metric.L2)]
    public void Random_operations_agree_with_a_dictionary_of_vectors(Metric metric)
    {
        var folder = Assets.NewFolder();
        var random = new Random((int)metric + 1);
        var index = Create(metric, Dimensions);
        try
        {
            for (var i = 0; i < Operations; i++)
            {
                index = Step(index, random, growing: i / Turn % 2 == 0, Path.Combine(folder, "x.simi"));
                Assert.Equal(_model.Count, index.Count);
            }

            Assert.True(_found >= LeastRecall * _wanted, $"{_found} of {_wanted} nearest were found in {_searches} searches.");
        }
        finally
        {
            index.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    private VectorIndex Step(VectorIndex index, Random random, bool growing, string path)
    {
        switch (random.Next(1000))
        {
            case < 100:
            case < 300 when growing:
                Add(index, random);
                break;
            case < 305 when growing:
                AddMany(index, random);
                break;
            case > 304 and < 400:
                Update(index, random);
                break;
            case < 600 when _model.Count > 300:
                Remove(index, random);
                break;
            case < 605:
                return Reopen(index, path);
            case < 620:
                SearchRange(index, random);
                break;
            default:
                Search(index, random);
                break;
        }

        return index;
    }

    private void Add(VectorIndex index, Random random)
    {
        var vector = Vector(random);
        var id = index.Add(vector);
        Assert.True(_model.TryAdd(id, vector), $"id {id} was given twice");
        Assert.True(id < index.IdLimit);
    }

    private void AddMany(VectorIndex index, Random random)
    {
        var vectors = new VectorMatrix(random.Next(60), Dimensions);
        for (var i = 0; i < vectors.Count; i++)
        {
            Vector(random).CopyTo(vectors[i]);
        }

        var first = index.Add(vectors);
        for (var i = 0; i < vectors.Count; i++)
        {
            Assert.True(_model.TryAdd(first + i, vectors[i].ToArray()), $"id {first + i} was given twice");
        }
    }

    private void Update(VectorIndex index, Random random)
    {
        var vector = Vector(random);
        if (_model.Count == 0)
        {
            Assert.Throws<ArgumentException>(() => index.Update(0, vector));
            return;
        }

        var id = AnyId(random);
        index.Update(id, vector);
        _model[id] = vector;
    }

    private void Remove(VectorIndex index, Random random)
    {
        var id = random.Next(20) == 0 ? index.IdLimit + 1 : AnyId(random);
        Assert.Equal(_model.ContainsKey(id), index.Contains(id));
        Assert.Equal(_model.Remove(id), index.Remove(id));
        Assert.False(index.Contains(id));
        Assert.False(index.Remove(id));
    }

    private static VectorIndex Reopen(VectorIndex index, string path)
    {
        index.Sequence++;
        index.Save(path);
        var opened = VectorIndex.Open(path);
        Assert.Equal(
            (index.GetType(), index.Metric, index.Dimensions, index.Count, index.IdLimit, index.Sequence),
            (opened.GetType(), opened.Metric, opened.Dimensions, opened.Count, opened.IdLimit, opened.Sequence));
        index.Dispose();
        return opened;
    }

    private void Search(VectorIndex index, Random random)
    {
        var query = Vector(random);
        var filter = Filter(index, random);
        var expected = Exact(index.Metric, query, filter);
        var hits = index.Search(query, K, filter);
        Check(index.Metric, query, filter, hits);
        Assert.Equal(Math.Min(K, expected.Length), hits.Length);
        _searches++;
        _wanted += hits.Length;
        // Equal scores may be told apart by rounding: what scores as the last of the exact ones is as good.
        _found += hits.Count(hit => hit.Score >= expected[hits.Length - 1].Score - Tolerance(hit.Score));
    }

    private void SearchRange(VectorIndex index, Random random)
    {
        var query = Vector(random);
        var filter = Filter(index, random);
        var expected = Exact(index.Metric, query, filter);
        if (expected.Length == 0)
        {
            Assert.Empty(index.SearchRange(query, -100, filter));
            return;
        }

        var score = expected[random.Next(expected.Length)].Score;
        var hits = index.SearchRange(query, score, filter);
        Check(index.Metric, query, filter, hits);
        Assert.All(hits, hit => Assert.True(hit.Score >= score));
        _wanted += expected.Count(hit => hit.Score >= score + Tolerance(score));
        _found += Math.Min(hits.Length, expected.Count(hit => hit.Score >= score + Tolerance(score)));
    }

    // Every hit must be a vector that the index holds and the filter allows, with the right score, in descending order.
    private void Check(Metric metric, float[] query, IdFilter? filter, Hit[] hits)
    {
        Assert.Equal(hits.Length, hits.DistinctBy(hit => hit.Id).Count());
        for (var i = 0; i < hits.Length; i++)
        {
            Assert.True(_model.ContainsKey(hits[i].Id), $"id {hits[i].Id} was removed");
            Assert.True(filter is null || filter.Allows(hits[i].Id));
            Assert.Equal(metric.Score(query, _model[hits[i].Id]), hits[i].Score, Tolerance(hits[i].Score));
            Assert.True(i == 0 || hits[i - 1].Score > hits[i].Score || (hits[i - 1].Score == hits[i].Score && hits[i - 1].Id < hits[i].Id));
        }
    }

    private Hit[] Exact(Metric metric, float[] query, IdFilter? filter) =>
    [
        .. _model.Where(pair => filter is null || filter.Allows(pair.Key))
            .Select(pair => new Hit(pair.Key, metric.Score(query, pair.Value)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).Take(Compared),
    ];

    private static IdFilter? Filter(VectorIndex index, Random random) => random.Next(4) switch
    {
        0 => IdFilter.Of(index.IdLimit, Enumerable.Range(0, index.IdLimit).Where(_ => random.Next(10) == 0)),
        1 => IdFilter.Of(index.IdLimit, Enumerable.Range(0, index.IdLimit).Where(_ => random.Next(2) == 0)),
        _ => null,
    };

    // In groups, as real vectors are; now and then one that is there already, or of zeros.
    private float[] Vector(Random random)
    {
        if (random.Next(50) == 0)
        {
            return _model.Count > 0 ? [.. _model[AnyId(random)]] : new float[Dimensions];
        }

        var group = new Random(random.Next(20));
        var numbers = Enumerable.Range(0, Numbers).Select(_ => (float)((4 * group.NextDouble()) - 2 + random.NextDouble())).ToArray();
        var scale = MathF.Sqrt((float)Numbers / Dimensions);
        return [.. Enumerable.Range(0, Dimensions).Select(i => scale * numbers[i % Numbers])];
    }

    private int AnyId(Random random) => _model.Keys.ElementAt(random.Next(_model.Count));

    private static float Tolerance(float score) => 1e-4f * (1 + Math.Abs(score));
}

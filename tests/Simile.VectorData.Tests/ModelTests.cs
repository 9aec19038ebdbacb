using Microsoft.Extensions.VectorData;
using Simile.Testing;

namespace Simile.VectorData.Tests;

/// <summary>
/// Random operations on a store have the same results as on a list in memory. SIMILE_FUZZ=50 runs fifty times as many: 100,000.
/// </summary>
public sealed class ModelTests : IDisposable
{
    private static readonly string[] Words = ["apple", "river", "stone", "cloud", "tiger"];

    private readonly TemporaryStore _store = new();
    private readonly Dictionary<long, Point> _model = [];

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity)]
    [InlineData(DistanceFunction.EuclideanDistance)]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity)]
    [InlineData(DistanceFunction.ManhattanDistance)]
    public async Task Operations_do_to_a_store_what_they_do_to_a_list(string distance)
    {
        var definition = Point.Definition(IndexKind.Flat, distance);
        var collection = await _store.CollectionAsync<long, Point>("points", definition);
        foreach (var round in Effort.Rounds(500))
        {
            var random = new Random(round);
            switch (random.Next(20))
            {
                case < 7:
                    await UpsertAsync(collection, random);
                    break;
                case < 10:
                    await DeleteAsync(collection, random);
                    break;
                case < 15:
                    await SearchAsync(collection, random, distance);
                    break;
                case < 17:
                    await FilterAsync(collection, random);
                    break;
                case < 19:
                    await GetAsync(collection, random);
                    break;
                default:
                    if (random.Next(2) == 0)
                    {
                        await _store.Store.VacuumAsync();
                    }
                    else
                    {
                        _store.Reopen(new SimileVectorStoreOptions { Durability = Durability.Relaxed });
                        collection = _store.Store.GetCollection<long, Point>("points", definition);
                    }

                    break;
            }
        }

        Assert.Empty(await _store.Store.CheckAsync());
    }

    private async Task UpsertAsync(SimileCollection<long, Point> collection, Random random)
    {
        var points = Enumerable.Range(0, random.Next(1, 30)).Select(_ => new Point
        {
            Id = random.Next(300),
            Group = random.Next(10),
            Text = Words[random.Next(Words.Length)],
            Vector = random.Next(8) == 0 ? default(ReadOnlyMemory<float>?) : Point.RandomVector(random),
        }).ToArray();
        await collection.UpsertAsync(points);
        foreach (var point in points)
        {
            _model[point.Id] = point;
        }
    }

    private async Task DeleteAsync(SimileCollection<long, Point> collection, Random random)
    {
        var keys = Enumerable.Range(0, random.Next(1, 20)).Select(_ => (long)random.Next(300)).ToArray();
        await collection.DeleteAsync(keys);
        foreach (var key in keys)
        {
            _model.Remove(key);
        }
    }

    private async Task SearchAsync(SimileCollection<long, Point> collection, Random random, string distance)
    {
        var (query, top, skip, least) = (Point.RandomVector(random), random.Next(1, 40), random.Next(5), random.Next(10));
        var found = await collection.SearchAsync(query, top, new() { Skip = skip, Filter = point => point.Group >= least }).ToListAsync();
        var values = _model.Values.Where(point => point.Vector is not null && point.Group >= least)
            .Select(point => Value(distance, query, point.Vector!.Value.Span));
        var expected = (distance == DistanceFunction.CosineSimilarity ? values.OrderDescending() : values.Order()).Skip(skip).Take(top)
            .ToArray();
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second.Score!.Value, 1e-5));
        Assert.All(
            found, result => Assert.Equal(Value(distance, query, _model[result.Record.Id].Vector!.Value.Span), result.Score!.Value, 1e-5));
    }

    private async Task FilterAsync(SimileCollection<long, Point> collection, Random random)
    {
        var (group, word) = (random.Next(10), Words[random.Next(Words.Length)]);
        var expected = _model.Values.Where(point => point.Group == group || point.Text != word).Select(point => point.Id).Order();
        var found = await collection.GetAsync(point => point.Group == group || point.Text != word, 1000).Select(point => point.Id).Order()
            .ToListAsync();
        Assert.Equal(expected, found);
        var words = await collection.KeywordSearchAsync([word], 1000).Select(result => result.Record.Id).Order().ToListAsync();
        Assert.Equal(_model.Values.Where(point => point.Text == word).Select(point => point.Id).Order(), words);
    }

    private async Task GetAsync(SimileCollection<long, Point> collection, Random random)
    {
        var key = random.Next(300);
        var point = await collection.GetAsync(key, new() { IncludeVectors = true });
        Assert.Equal(_model.ContainsKey(key), point is not null);
        if (point is not null)
        {
            Assert.Equal(_model[key].Text, point.Text);
            Assert.Equal(_model[key].Vector?.ToArray(), point.Vector?.ToArray());
        }

        Assert.Equal(_model.Count, await collection.CountAsync());
    }

    private static double Value(string distance, ReadOnlySpan<float> a, ReadOnlySpan<float> b) => distance switch
    {
        DistanceFunction.CosineSimilarity => Numerics.VectorMath.Cosine(a, b),
        DistanceFunction.NegativeDotProductSimilarity => -Numerics.VectorMath.Dot(a, b),
        DistanceFunction.EuclideanDistance => Math.Sqrt(-(double)Numerics.MetricScore.Score(Numerics.Metric.L2, a, b)),
        _ => -(double)Numerics.MetricScore.Score(Numerics.Metric.Manhattan, a, b),
    };
}

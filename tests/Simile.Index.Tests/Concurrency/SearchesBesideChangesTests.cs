using Simile.Numerics;

namespace Simile.Index.Tests.Concurrency;

/// <summary>
/// Searches during adds, updates and removals give results of one consistent moment. SIMILE_SEARCHES is the number of searches
/// per index (default 6,000; 10,000,000 take an hour).
/// </summary>
public class SearchesBesideChangesTests
{
    private const int Dimensions = 12;
    private const int Readers = 3;
    private const int Changes = 200; // at least

    private static int Searches => int.TryParse(Environment.GetEnvironmentVariable("SIMILE_SEARCHES"), out var count) ? count : 6000;

    public static TheoryData<string, Metric, int> Indexes() => new()
    {
        { "hnsw", Metric.L2, 150 },
        { "hnsw", Metric.Cosine, 150 },
        { "hnsw", Metric.Dot, 600 },
        { "ivf", Metric.L2, 150 },
        { "ivf", Metric.Cosine, 600 },
        { "flat", Metric.L2, 150 },
    };

    [Theory]
    [MemberData(nameof(Indexes))]
    public async Task Every_answer_is_that_of_one_moment(string kind, Metric metric, int count)
    {
        using VectorIndex index = kind switch
        {
            "flat" => new FlatIndex(metric, Dimensions),
            "hnsw" => new HnswIndex(metric, Dimensions, new HnswOptions { CodesFrom = 300, CodeDimensions = 4 }),
            _ => new IvfIndex(metric, Dimensions, new IvfOptions { TrainFrom = 300 }),
        };
        var history = new History();
        var changes = 0;
        using var begun = new CountdownEvent(Readers);
        Add(index, history, new Random(1), count);
        var readers = Enumerable.Range(0, Readers)
            .Select(reader => Task.Factory.StartNew(() => Search(reader), TaskCreationOptions.LongRunning))
            .ToArray();
        begun.Wait(TestContext.Current.CancellationToken);
        var random = new Random(2);
        while (!readers.All(reader => reader.IsCompleted))
        {
            Change(index, history, random, count);
            Volatile.Write(ref changes, changes + 1);
        }

        await Task.WhenAll(readers);

        void Search(int reader)
        {
            var own = new Random(100 + reader);
            for (var i = 0; i < Searches / Readers || Volatile.Read(ref changes) < Changes; i++)
            {
                Judge(index, history, own, count);
                if (i == 0)
                {
                    begun.Signal();
                }
            }
        }
    }

    private static void Judge(VectorIndex index, History history, Random random, int count)
    {
        var query = Vector(random);
        var way = random.Next(20);
        var from = history.Now();
        var hits = way switch
        {
            0 => index.Search(query, 4 * count),
            1 => index.SearchRange(query, float.NegativeInfinity),
            2 => index.Search(query, 3 * count, Everything(count)),
            < 6 => index.Search(new VectorMatrix((float[])query.Clone(), Dimensions), 10)[0],
            _ => index.Search(query, 10),
        };
        var fault = history.Fault(
            index.Metric, query, hits, from, history.Now(), all: way < 3 && !(way == 1 && index is IvfIndex { NList: > 0 }));
        Assert.True(fault is null, $"{fault} (way {way}, {hits.Length} hits)");
    }

    private static IdFilter Everything(int count)
    {
        var filter = new IdFilter(100 * count);
        for (var id = 0; id < filter.Limit; id++)
        {
            filter.Allow(id);
        }

        return filter;
    }

    private static void Change(VectorIndex index, History history, Random random, int count)
    {
        switch (random.Next(40))
        {
            case 0 when index.Count < 2 * count:
                Add(index, history, random, random.Next(1, 1 + (count / 2)));
                break;
            case < 8 when index.Count < 2 * count:
                var vector = Vector(random);
                history.Add([vector], () => index.Add(vector));
                break;
            case < 18 when index.Count > count / 2:
                var gone = AnyId(index, random);
                history.Remove(gone, () => index.Remove(gone));
                break;
            default:
                var (id, next) = (AnyId(index, random), Vector(random));
                history.Update(id, next, () => index.Update(id, next));
                break;
        }
    }

    private static void Add(VectorIndex index, History history, Random random, int count)
    {
        float[][] vectors = [.. Enumerable.Range(0, count).Select(_ => Vector(random))];
        history.Add(vectors, () => index.Add(new VectorMatrix(vectors.SelectMany(vector => vector).ToArray(), Dimensions)));
    }

    private static int AnyId(VectorIndex index, Random random)
    {
        while (true)
        {
            var id = random.Next(index.IdLimit);
            if (index.Contains(id))
            {
                return id;
            }
        }
    }

    // In a few groups, with different scores for all but the same vector; one in four is a copy of one of ten.
    private static float[] Vector(Random random)
    {
        if (random.Next(4) == 0)
        {
            random = new Random(random.Next(10));
        }

        var group = random.Next(5);
        return [.. Enumerable.Range(0, Dimensions).Select(i => ((group * 7) + i) % 5 - 2 + random.NextSingle())];
    }
}

using Simile.Index.Format;
using Simile.Numerics;
using Simile.Testing;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Concurrency;

/// <summary>An index that is disposed while others use it ends their calls in order; a mistake here ends the process.</summary>
public class DisposalTests
{
    private const int Dimensions = 24;
    private const int Rounds = 12;

    private static readonly string[] Kinds = ["flat", "hnsw", "ivf"];

    public static TheoryData<string> Indexes() => [.. Kinds];

    [Fact]
    public void Calls_that_have_begun_end_and_later_ones_are_refused() => OwnProcess.Run(typeof(DisposalTests), () =>
    {
        foreach (var kind in Kinds)
        {
            for (var round = 0; round < Rounds; round++)
            {
                DisposeUnderUse(Filled(kind), changing: true);
            }
        }
    });

    [Fact]
    public void So_do_those_of_an_index_whose_file_is_mapped() => OwnProcess.Run(typeof(DisposalTests), () =>
    {
        IndexFile.CopiedBytes = 0;
        foreach (var kind in Kinds)
        {
            WithFile(kind, path =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    DisposeUnderUse(VectorIndex.Open(path), changing: round % 2 == 0);
                }
            });
        }
    });

    [Fact]
    public void Tuning_goes_on_beside_changes() => OwnProcess.Run(typeof(DisposalTests), () =>
    {
        foreach (var kind in new[] { "hnsw", "ivf" })
        {
            using var index = Filled(kind);
            using var stop = new CancellationTokenSource();
            var changing = Task.Run(() =>
            {
                var (random, vectors) = (new Random(1), Vectors(200, Dimensions, 5));
                while (!stop.IsCancellationRequested)
                {
                    Change(index, random, vectors);
                }
            });
            for (var i = 0; i < 4; i++)
            {
                index.Tune(0.9);
            }

            stop.Cancel();
            changing.Wait(CancellationToken.None);
        }
    });

    [Theory]
    [MemberData(nameof(Indexes))]
    public void After_disposal_every_call_says_so(string kind)
    {
        WithFile(kind, path =>
        {
            foreach (var index in new[] { Filled(kind), VectorIndex.Open(path) })
            {
                index.Dispose();
                index.Dispose();
                foreach (var call in Calls(index, path))
                {
                    Assert.Contains("was disposed", Assert.Throws<ObjectDisposedException>(call).Message, StringComparison.Ordinal);
                }
            }

            VectorIndex.Open(path).Dispose(); // the file that a refused save would have replaced
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        });
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public async Task Two_threads_may_dispose_an_index(string kind)
    {
        for (var round = 0; round < 20; round++)
        {
            var index = Filled(kind, 200);
            using var both = new Barrier(2);
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    both.SignalAndWait();
                    index.Dispose();
                },
                TaskCreationOptions.LongRunning)));
        }
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_report_of_progress_can_neither_dispose_the_index_nor_change_it(string kind)
    {
        using var index = Filled(kind, 0);
        var vectors = Vectors(3000, Dimensions, 1);
        Assert.Contains(
            "This thread is already changing",
            Assert.Throws<InvalidOperationException>(() => index.Add(vectors, new Then(index.Dispose))).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => index.Add(vectors, new Then(() => index.Add(vectors))));
        Assert.Equal(0, index.Count);
        index.Add(vectors);
        Assert.Equal(10, index.Search(vectors[0], 10).Length);
    }

    private static void DisposeUnderUse(VectorIndex index, bool changing)
    {
        using var begun = new CountdownEvent(3);
        var vectors = Vectors(200, Dimensions, 5);
        var users = Enumerable.Range(0, 3).Select(user => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(user);
                Action use = changing && user == 0 ? () => Change(index, random, vectors) : () => Ask(index, random, vectors);
                use();
                begun.Signal();
                Assert.Throws<ObjectDisposedException>((Action)Go);

                void Go()
                {
                    while (true)
                    {
                        use();
                    }
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();
        begun.Wait(CancellationToken.None);
        index.Dispose();
        Task.WaitAll(users, CancellationToken.None);
    }

    private static void Ask(VectorIndex index, Random random, VectorMatrix vectors)
    {
        var query = vectors[random.Next(vectors.Count)];
        switch (random.Next(6))
        {
            case 0:
                index.Search(vectors, 5);
                break;
            case 1:
                index.SearchRange(query, -1);
                break;
            case 2:
                index.Contains(random.Next(index.IdLimit));
                break;
            case 3:
                index.Tune(0.5, Rows(vectors, 0, 5));
                break;
            default:
                index.Search(query, 10, random.Next(2) == 0 ? IdFilter.Of(index.IdLimit, Enumerable.Range(0, 50)) : null);
                break;
        }
    }

    private static void Change(VectorIndex index, Random random, VectorMatrix vectors)
    {
        var vector = vectors[random.Next(vectors.Count)];
        switch (random.Next(4))
        {
            case 0:
                index.Add(vector);
                break;
            case 1:
                index.Add(Rows(vectors, 0, random.Next(1, 100)));
                break;
            case 2 when index.Contains(50):
                index.Update(50, vector);
                break;
            default:
                for (var i = 0; i < 60; i++)
                {
                    index.Remove(random.Next(100, index.IdLimit));
                }

                break;
        }
    }

    private static IEnumerable<Action> Calls(VectorIndex index, string path)
    {
        var vectors = Vectors(3, Dimensions, 1);
        yield return () => index.Add(vectors[0]);
        yield return () => index.Add(vectors);
        yield return () => index.Update(0, vectors[0]);
        yield return () => index.Remove(0);
        yield return () => index.Contains(0);
        yield return () => index.Search(vectors[0], new Hit[3].AsSpan());
        yield return () => index.Search(vectors[0], 3);
        yield return () => index.Search(vectors, 3);
        yield return () => index.Search(vectors[0], 3, IdFilter.Of(10, [1]));
        yield return () => index.SearchRange(vectors[0], 0);
        yield return () => index.Tune();
        yield return () => index.Tune(0.9, vectors);
        yield return () => index.Save(path);
        if (index is IvfIndex ivf)
        {
            yield return ivf.Rebuild;
        }
    }

    private static void WithFile(string kind, Action<string> use)
    {
        var folder = Assets.NewFolder();
        try
        {
            var path = Path.Combine(folder, "x.simi");
            using (var index = Filled(kind))
            {
                index.Save(path);
            }

            use(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static VectorIndex Filled(string kind, int count = 2500)
    {
        VectorIndex index = kind switch
        {
            "flat" => new FlatIndex(Metric.L2, Dimensions),
            "hnsw" => new HnswIndex(Metric.L2, Dimensions, new HnswOptions { CodeDimensions = 16 }),
            _ => new IvfIndex(Metric.L2, Dimensions, new IvfOptions { TrainFrom = 1000 }),
        };
        index.Add(Vectors(count, Dimensions, 1));
        return index;
    }

    private sealed class Then(Action act) : IProgress<int>
    {
        public void Report(int value) => act();
    }
}

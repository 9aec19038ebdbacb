using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Simile.Testing;

namespace Simile.Tests;

public sealed class DependencyInjectionTests : IDisposable
{
    private readonly Workshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task The_generator_is_one_object_behind_what_the_builder_adds()
    {
        var services = new ServiceCollection();
        var asked = 0;
        services.AddSimileEmbeddingGenerator().Use(inner => new Counting(inner, () => asked++));
        services.AddKeyedSimileEmbeddingGenerator("again");
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        Assert.Same(generator, provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Equal(512, (await generator.GenerateVectorAsync("a small cat")).Length);
        Assert.Equal(1, asked);
        Assert.NotNull(generator.GetService<TextEmbedder>());
        Assert.NotSame(generator, provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("again"));
    }

    [Fact]
    public async Task A_corpus_is_opened_once_logs_and_is_closed_with_the_provider()
    {
        _workshop.Write("a.txt", "Tea is hot.");
        var log = new KeptLog();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        services.AddSimileCorpus(_workshop.StoreFolder);
        services.AddKeyedSimileCorpus("other", Path.Combine(_workshop.Root, "other"));
        Corpus corpus;
        await using (var provider = services.BuildServiceProvider())
        {
            corpus = provider.GetRequiredService<Corpus>();
            await corpus.SyncAsync([_workshop.Files]);
            Assert.Single(await corpus.SearchAsync("tea"));
            Assert.NotSame(corpus, provider.GetRequiredKeyedService<Corpus>("other"));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => corpus.SearchAsync("tea"));
        Assert.Contains(log.Lines, line => line.StartsWith("Synchronized: 1 files added", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Searched by text: 1 hits", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("tea", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Searches_are_traced_and_measured()
    {
        var (activities, durations) = (new List<string>(), new List<double>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Simile",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meter = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Simile")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        meter.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            lock (durations)
            {
                durations.Add(value);
            }
        });
        meter.Start();

        _workshop.Write("a.txt", "Tea is hot.");
        await using var corpus = Corpus.Open(_workshop.StoreFolder, new WorkshopModel(_workshop.Embedder));
        await corpus.SyncAsync([_workshop.Files]);
        await corpus.SearchAsync("tea");
        Assert.Contains("simile.sync", activities);
        Assert.Contains("simile.search", activities);
        Assert.True(durations.Count >= 2 && durations.TrueForAll(seconds => seconds >= 0));
    }

    private sealed class Counting(IEmbeddingGenerator<string, Embedding<float>> inner, Action called)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            called();
            return base.GenerateAsync(values, options, cancellationToken);
        }
    }

    private sealed class KeptLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}

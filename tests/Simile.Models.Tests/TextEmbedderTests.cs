using Microsoft.Extensions.AI;
using Simile.Testing;

namespace Simile.Models.Tests;

public class TextEmbedderTests
{
    private static readonly string[] Texts = ["dog", "", "A man is playing a guitar.", "a"];

    [Fact]
    public async Task The_generator_says_who_it_is_and_what_it_used()
    {
        using var model = Load("st_dense_normalize");
        var metadata = Assert.IsType<EmbeddingGeneratorMetadata>(model.GetService(typeof(EmbeddingGeneratorMetadata)));
        Assert.Equal(("simile", model.Name, 20), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));

        var vectors = await model.GenerateAsync(Texts, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Texts.Length, vectors.Count);
        Assert.Equal(Texts.Sum(t => model.Tokenizer.CountTokens(t)), vectors.Usage!.InputTokenCount);
        Assert.Equal(model.Embed(Texts)[2].ToArray(), vectors[2].Vector.ToArray());
    }

    [Fact]
    public async Task Fewer_dimensions_are_cut_and_brought_back_to_length_one()
    {
        using var model = Load("st_dense_normalize");
        var cut = await model.GenerateAsync(
            Texts, new EmbeddingGenerationOptions { Dimensions = 8 }, TestContext.Current.CancellationToken);
        var whole = model.Embed(Texts[0]);
        var norm = MathF.Sqrt(whole[..8].Sum(x => x * x));
        Assert.Equal(whole[..8].Select(x => x / norm), cut[0].Vector.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6f);
        await Assert.ThrowsAsync<ArgumentException>(
            () => model.GenerateAsync(Texts, new EmbeddingGenerationOptions { Dimensions = 21 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Nothing_gives_nothing_and_null_is_refused()
    {
        using var model = Load("st_mean");
        Assert.Equal(0, model.Embed([]).Count);
        var error = Assert.Throws<ArgumentException>(() => model.Embed(["a", null!]));
        Assert.Contains("Text 1 of 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("st_mean")]
    [InlineData("st_static")]
    public void Bit_equal_vectors_are_the_same_to_the_last_bit_in_any_batch(string? name)
    {
        using var model = TextEmbedder.Load(
            name is null ? TextEmbedder.BuiltIn : Assets.Require("golden/architectures/" + name),
            new TextEmbedderOptions { BitEqual = true });
        string[] texts =
        [
            .. Enumerable.Range(0, 90).Select(i => string.Join(' ', Enumerable.Repeat("man is playing a guitar", 1 + (i * 7 % 11)))),
            .. Texts,
        ];
        var together = model.Embed(texts);
        Assert.All(Enumerable.Range(0, texts.Length), i => Assert.Equal(model.Embed(texts[i]), together[i].ToArray()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("st_mean")]
    [InlineData("st_static")]
    public async Task A_model_that_is_disposed_while_another_thread_uses_it_waits_for_it_and_then_says_so(string? name)
    {
        for (var round = 0; round < 10; round++)
        {
            var model = TextEmbedder.Load(name is null ? TextEmbedder.BuiltIn : Assets.Require("golden/architectures/" + name));
            string[] texts = [.. Enumerable.Repeat("A man is playing a guitar.", 300)];
            using var begun = new ManualResetEventSlim();
            var others = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                for (var more = true; more; begun.Set())
                {
                    more = model.Embed(texts).Count > 0;
                }
            })).ToArray();
            begun.Wait(TestContext.Current.CancellationToken);
            model.Dispose();
            foreach (var other in others)
            {
                await Assert.ThrowsAsync<ObjectDisposedException>(() => other);
            }
        }
    }

    [Fact]
    public void Two_threads_may_dispose_one_model() => OwnProcess.Run(typeof(TextEmbedderTests), () =>
    {
        for (var round = 0; round < 40; round++)
        {
            var model = TextEmbedder.Load();
            model.Embed("a cat");
            using var all = new Barrier(3);
            var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
            {
                all.SignalAndWait();
                model.Dispose();
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            model.Dispose();
            Assert.Throws<ObjectDisposedException>(() => model.Embed("a cat"));
        }
    });

    [Fact]
    public void A_text_of_ten_million_characters_leaves_no_memory_behind()
    {
        using var model = TextEmbedder.Load();
        var text = string.Concat(Enumerable.Range(0, 1_500_000).Select(i => $"word{i} "));
        var first = model.Embed(text[..200_000]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(first, model.Embed(text));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 16 << 20);
        GC.KeepAlive(text);
    }

    [Fact]
    public void A_prompt_that_the_model_does_not_have_is_refused_by_name()
    {
        using var model = Load("st_prompts");
        var error = Assert.Throws<ArgumentException>(() => model.Embed("a", "qurey"));
        Assert.Contains("query", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inner_layer_is_pooled_in_the_place_of_the_last_one()
    {
        var folder = Assets.Require("golden/architectures/st_dense_normalize");
        using var first = TextEmbedder.Load(folder, new TextEmbedderOptions { Layer = "hidden_states.0" });
        using var last = TextEmbedder.Load(folder, new TextEmbedderOptions { Layer = "last_hidden_state" });
        using var model = TextEmbedder.Load(folder);
        // without Dense, which was made for the last layer
        Assert.Equal((24, 24, 20), (first.Dimensions, last.Dimensions, model.Dimensions));
        Assert.NotEqual(first.Embed("dog"), last.Embed("dog"));
        Assert.Equal(1, System.Numerics.Tensors.TensorPrimitives.Norm(first.Embed("dog")), 1e-5f);
        var error = Assert.Throws<ArgumentException>(() => TextEmbedder.Load(folder, new TextEmbedderOptions { Layer = "layer3" }));
        Assert.Contains("hidden_states.1", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(
            () => TextEmbedder.Load(TextEmbedder.BuiltIn, new TextEmbedderOptions { Layer = "hidden_states.1" }));
    }

    [Fact]
    public void Bit_equal_vectors_are_the_same_to_the_last_bit_in_any_company()
    {
        using var model = TextEmbedder.Load(Assets.Require("models/all-MiniLM-L6-v2"), new TextEmbedderOptions { BitEqual = true });
        using var batched = TextEmbedder.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        var texts = Enumerable.Range(1, 40).Select(i => string.Join(' ', Enumerable.Range(0, i).Select(j => $"word{i * j}"))).ToArray();
        var (together, inBatches) = (model.Embed(texts), batched.Embed(texts));
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(model.Embed(texts[i]), together[i].ToArray());
            Assert.InRange(Numerics.VectorMath.Cosine(together[i], inBatches[i]), 0.999999f, 1.000001f);
        }
    }

    [Fact]
    public void Progress_ends_at_the_count_and_cancellation_stops()
    {
        using var model = Load("st_mean");
        var texts = Enumerable.Range(0, 5000).Select(i => $"text number {i}").ToArray();
        var progress = new Furthest();
        model.Embed(texts, progress: progress);
        Assert.Equal(texts.Length, progress.Value);

        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => model.Embed(texts, progress: new Canceller(source), cancellationToken: source.Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("st_mean")]
    [InlineData("st_prompts")]
    public async Task Texts_that_are_longer_than_the_model_takes_are_reported(string? name)
    {
        using var model = name is null ? TextEmbedder.Load() : Load(name);
        var longest = string.Join(' ', Enumerable.Repeat("bird", model.MaxSequenceLength + 5));
        string[] texts = ["a bird", longest, "", $"{longest} {longest}"];
        var embedded = model.EmbedWithUsage(texts);
        Assert.Equal([1, 3], embedded.CutTexts);
        Assert.Equal(embedded.Tokens, embedded.TextTokens.Sum());
        Assert.Equal(texts.Select(text => model.EmbedWithUsage([text]).Tokens), embedded.TextTokens.Select(tokens => (long)tokens));
        Assert.Equal(model.Embed(texts).AsSpan().ToArray(), embedded.Vectors.AsSpan().ToArray());

        var generated = await ((IEmbeddingGenerator<string, Embedding<float>>)model).GenerateAsync(texts);
        Assert.Equal([false, true, false, true], generated.Select(embedding => embedding.AdditionalProperties?["truncated"] is true));
    }

    [Fact]
    public async Task The_role_of_a_text_chooses_the_prompt_that_the_model_has_for_it()
    {
        using var model = Load("st_prompts");
        IEmbeddingGenerator<string, Embedding<float>> generator = model;
        var query = await generator.GenerateVectorAsync(
            "which bird", new EmbeddingGenerationOptions { AdditionalProperties = new() { ["role"] = "query" } });
        Assert.Equal(model.Embed("which bird", "query"), query.ToArray());
        Assert.Equal(model.EmbedQuery("which bird"), query.ToArray());
        await Assert.ThrowsAsync<ArgumentException>(() =>
            generator.GenerateVectorAsync("a", new EmbeddingGenerationOptions { AdditionalProperties = new() { ["role"] = "title" } }));
        using var plain = Load("st_mean");
        Assert.Equal(plain.Embed("which bird"), plain.EmbedQuery("which bird"));
    }

    private static TextEmbedder Load(string name) => TextEmbedder.Load(Assets.Require(Path.Combine("golden/architectures", name)));

    private sealed class Furthest : IProgress<int>
    {
        private int _value;

        public int Value => _value;

        public void Report(int value)
        {
            lock (this)
            {
                _value = Math.Max(_value, value);
            }
        }
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}

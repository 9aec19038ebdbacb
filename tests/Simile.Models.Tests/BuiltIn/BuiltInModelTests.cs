using Simile.Models.BuiltIn;
using Simile.Numerics;

namespace Simile.Models.Tests.BuiltIn;

public sealed class BuiltInModelTests
{
    private static readonly TextEmbedder Embedder = TextEmbedder.Load();

    public static TheoryData<string> Nothing => ["", " ", "\t\n ", "\u3000", "\u0000", "\uD800", "🙂"];

    [Fact]
    public void It_says_what_it_is()
    {
        Assert.Equal("simile/base", Embedder.Name);
        Assert.Equal(512, Embedder.Dimensions);
        Assert.Equal(256, Embedder.MaxSequenceLength);
        Assert.Equal(128_000, Embedder.Tokenizer.VocabularySize);
        Assert.Equal(Metric.Cosine, Embedder.Similarity);
    }

    [Fact]
    public void Ids_are_the_pieces_between_begin_and_end() => Assert.Equal([1, 10, 2665, 2], Embedder.Tokenizer.Encode("a cat").Ids);

    [Fact]
    public void Garments_are_more_alike_than_a_garment_and_a_rider()
    {
        var v = Embedder.Embed(["pink short sleeve top", "pink long sleeve shirt", "man riding a horse"]);
        Assert.True(Dot(v[0], v[1]) > Dot(v[0], v[2]));
        Assert.True(Dot(v[0], v[1]) > Dot(v[1], v[2]));
    }

    [Fact]
    public void A_translation_is_nearest_to_its_original()
    {
        (string One, string Other)[] pairs =
        [
            ("The child is afraid of the dark.", "Das Kind hat Angst vor der Dunkelheit."),
            ("Notre train part demain à six heures.", "Nuestro tren sale mañana a las seis."),
            ("这座桥是用石头建的。", "この橋は石でできている。"),
            ("저는 커피보다 차를 더 좋아합니다.", "I like tea better than coffee."),
            ("Врач посоветовал мне больше спать.", "Lekarz poradził mi więcej spać."),
            ("سعر الخبز ارتفع مرة أخرى.", "Ekmek fiyatı yine arttı."),
            ("Il gatto dorme sul tetto.", "O gato dorme no telhado."),
            ("De winkel is op zondag gesloten.", "ร้านปิดวันอาทิตย์"),
            ("請問最近的醫院在哪裡?", "Where is the nearest hospital, please?"),
            ("Im Winter frieren hier alle Seen zu.", "En hiver, tous les lacs gèlent ici."),
        ];
        var vectors = Embedder.Embed([.. pairs.SelectMany(pair => new[] { pair.One, pair.Other })]);
        for (var i = 0; i < vectors.Count; i++)
        {
            var nearest = Enumerable.Range(0, vectors.Count).Where(j => j != i).MaxBy(j => Dot(vectors[i], vectors[j]));
            Assert.Equal(i ^ 1, nearest);
        }
    }

    [Theory]
    [MemberData(nameof(Nothing))]
    public void Hardly_any_text_has_a_vector_of_length_1(string text)
    {
        var vector = Embedder.Embed(text);
        Assert.All(vector, x => Assert.True(float.IsFinite(x)));
        Assert.Equal(1, Dot(vector, vector), 1e-5);
    }

    [Fact]
    public void What_is_behind_256_tokens_does_not_count()
    {
        string[] words = ["river", "stone", "window", "seven", "quickly"];
        var start = string.Join(' ', Enumerable.Range(0, 400).Select(i => words[i % words.Length]));
        Assert.True(Embedder.Tokenizer.CountTokens(start) > 300);
        var vectors = Embedder.Embed([start, start + " and then something else, which nobody reads"]);
        Assert.Equal(vectors[0].ToArray(), vectors[1].ToArray());
    }

    [Fact]
    public void A_vector_is_the_same_whatever_stands_beside_it()
    {
        string[] texts = [.. Enumerable.Range(0, 150)
            .Select(i => string.Join(' ', Enumerable.Range(0, 1 + (i * 7 % 60)).Select(j => $"word{(i * j) % 23} {j}")))];
        var together = Embedder.Embed(texts);
        for (var i = 0; i < texts.Length; i += 7)
        {
            var alone = Embedder.Embed(texts[i]);
            Assert.True(Distance(alone, together[i]) <= 1e-5, $"text {i}");
        }
    }

    [Fact]
    public void Progress_ends_with_the_number_of_texts()
    {
        var counts = new Counts();
        Embedder.Embed([.. Enumerable.Range(0, 200).Select(i => $"text {i}")], progress: counts);
        Assert.Equal(200, counts.Most);
    }

    [Fact]
    public void A_cancelled_call_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Embedder.Embed(["one"], cancellationToken: source.Token));
        Assert.Throws<OperationCanceledException>(
            () => Embedder.Embed([.. Enumerable.Range(0, 200).Select(i => $"{i}")], cancellationToken: source.Token));
    }

    [Fact]
    public void Loading_allocates_the_network_and_little_else()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var another = TextEmbedder.Load();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32_000_000);
    }

    [Fact]
    public void The_packed_file_is_small_enough() =>
        Assert.InRange(new FileInfo(Path.Combine(AppContext.BaseDirectory, BuiltInModel.FileName)).Length, 1, 42_000_000);

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var most = 0f;
        for (var i = 0; i < a.Length; i++)
        {
            most = Math.Max(most, Math.Abs(a[i] - b[i]));
        }

        return most;
    }

    private sealed class Counts : IProgress<int>
    {
        private int _most;

        public int Most => _most;

        public void Report(int value)
        {
            lock (this)
            {
                _most = Math.Max(_most, value);
            }
        }
    }

    [Fact]
    public void A_disposed_model_says_so_and_ends_nothing_else()
    {
        var embedder = TextEmbedder.Load();
        var tokenizer = embedder.Tokenizer;
        embedder.Dispose();
        embedder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tokenizer.Decode([10, 11, 12]));
        Assert.ThrowsAny<ObjectDisposedException>(() => embedder.Embed("a cat"));
    }
}

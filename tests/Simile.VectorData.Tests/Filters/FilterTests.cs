using System.Linq.Expressions;

namespace Simile.VectorData.Tests.Filters;

/// <summary>Filters give the records that the same predicate gives in memory.</summary>
public sealed class FilterTests : IDisposable
{
    private static readonly string?[] Texts =
    [
        null, "", "foo", "Foo", "fo", "oo", "it's", "%", "_", "日本語", "👍🏽", "zero\0byte", "\"quoted\"",
    ];

    private readonly TemporaryStore _store = new();
    private readonly int _captured = 5;

    public void Dispose() => _store.Dispose();

    private static int? CapturedProperty => 3;

    [Fact]
    public async Task Predicates_find_what_they_find_in_memory()
    {
        var things = Things(400);
        var collection = await _store.CollectionAsync<int, Thing>();
        await collection.UpsertAsync(things);
        foreach (var predicate in Predicates())
        {
            var expected = things.AsQueryable().Where(predicate).Select(thing => thing.Id).Order().ToArray();
            var listed = await collection.GetAsync(predicate, 1000).Select(thing => thing.Id).Order().ToArrayAsync();
            var searched = await collection.SearchAsync(new float[] { 1, 0 }, 1000, new() { Filter = predicate })
                .Select(result => result.Record.Id).Order().ToArrayAsync();
            Assert.True(expected.SequenceEqual(listed), $"{predicate}: {expected.Length} in memory, {listed.Length} in the store.");
            Assert.Equal(expected, searched);
            Assert.Equal(expected.Length, await collection.CountAsync(predicate));
        }
    }

    [Fact]
    public async Task Random_conditions_find_what_they_find_in_memory()
    {
        var things = Things(300);
        var collection = await _store.CollectionAsync<int, Thing>();
        await collection.UpsertAsync(things);
        foreach (var round in Testing.Effort.Rounds(300))
        {
            var predicate = new RandomPredicate(round).Next();
            var expected = things.AsQueryable().Where(predicate).Select(thing => thing.Id).Order().ToArray();
            var actual = await collection.GetAsync(predicate, 1000).Select(thing => thing.Id).Order().ToArrayAsync();
            Assert.True(
                expected.SequenceEqual(actual), $"Round {round}: {predicate}: {expected.Length} in memory, {actual.Length} in the store.");
        }
    }

    [Fact]
    public async Task Records_come_in_the_order_of_their_properties()
    {
        var things = Things(200);
        var collection = await _store.CollectionAsync<int, Thing>();
        await collection.UpsertAsync(things);
        await OrderedAsync(thing => thing.Price, thing => thing.Price);
        await OrderedAsync(thing => thing.Large, thing => thing.Large);
        await OrderedAsync(thing => thing.When, thing => thing.When);
        await OrderedAsync(thing => thing.Real, thing => thing.Real);
        await OrderedAsync(thing => thing.Maybe, thing => thing.Maybe);

        async Task OrderedAsync<T>(Func<Thing, T> value, Expression<Func<Thing, object?>> property)
        {
            var ascending = await collection.GetAsync(thing => true, 1000, new() { OrderBy = order => order.Ascending(property) })
                .ToArrayAsync();
            var descending = await collection.GetAsync(thing => true, 1000, new() { OrderBy = order => order.Descending(property) })
                .ToArrayAsync();
            Assert.Equal(things.Select(value).Order(), ascending.Select(value));
            Assert.Equal(things.Select(value).OrderDescending(), descending.Select(value));
        }
    }

    [Fact]
    public async Task A_predicate_without_translation_is_refused_in_a_sentence()
    {
        var collection = await _store.CollectionAsync<int, Thing>();
        var failure = await Assert.ThrowsAsync<NotSupportedException>(
            async () => await collection.GetAsync(thing => thing.Text!.Length == 3, 1).ToArrayAsync());
        Testing.Effort.AssertIsSentence(failure.Message);
        await Assert.ThrowsAsync<NotSupportedException>(
            async () => await collection.GetAsync(thing => thing.Number + 1 == 3, 1).ToArrayAsync());
    }

    [Fact]
    public async Task A_list_of_many_values_is_one_parameter()
    {
        var collection = await _store.CollectionAsync<int, Thing>();
        await collection.UpsertAsync(Things(50));
        var wanted = Enumerable.Range(-100_000, 200_000).ToArray();
        Assert.Equal(50, await collection.CountAsync(thing => wanted.Contains(thing.Id)));
    }

    private IEnumerable<Expression<Func<Thing, bool>>> Predicates()
    {
        int? none = null;
        string? nothing = null;
        var words = new[] { "foo", null, "日本語", "zero\0byte" };
        var list = new List<string?> { "a", "c" };
        var moment = new DateTimeOffset(2024, 1, 5, 12, 0, 0, TimeSpan.FromHours(2));
        var codes = Things(400).Take(5).Select(thing => thing.Code).ToArray();
        var prices = new decimal?[] { 1.5m, null, -3m };
        var moments = new[] { moment, moment.AddDays(1) };
        return
        [
            thing => true,
            thing => false,
            thing => thing.Number == _captured,
            thing => thing.Maybe == CapturedProperty,
            thing => thing.Maybe == none,
            thing => thing.Maybe != none,
            thing => thing.Maybe != 3,
            thing => !(thing.Maybe < 3),
            thing => thing.Maybe < none,
            thing => !(thing.Maybe >= none),
            thing => thing.Maybe.HasValue,
            thing => !thing.Maybe.HasValue || thing.Maybe!.Value > 4,
            thing => thing.Small == 7,
            thing => thing.Number > 2.5,
            thing => thing.Number == 3L,
            thing => thing.Large > long.MaxValue,
            thing => thing.Large == ulong.MaxValue,
            thing => thing.Real < 3,
            thing => thing.Price > 1,
            thing => thing.Price == 1.50m,
            thing => thing.Price < 0 || thing.Price == null,
            thing => thing.Text == nothing,
            thing => thing.Text != "foo",
            thing => thing.Text == "zero\0byte",
            thing => thing.Text == "zero",
            thing => words.Contains(thing.Text),
            thing => !words.Contains(thing.Text),
            thing => thing.Text != null && thing.Text.Contains('o'),
            thing => thing.Text != null && thing.Text.Contains("oo"),
            thing => thing.Text != null && thing.Text.StartsWith("fo"),
            thing => thing.Text != null && thing.Text.EndsWith("oo"),
            thing => thing.Text != null && thing.Text.Contains('\0'),
            thing => string.IsNullOrEmpty(thing.Text),
            thing => string.Equals(thing.Text, "Foo"),
            thing => thing.Flag,
            thing => !thing.Flag == true,
            thing => thing.Perhaps == true,
            thing => thing.Perhaps != true,
            thing => (thing.Number > 5) == false,
            thing => thing.When == moment,
            thing => thing.When < moment,
            thing => thing.When != null && moments.Contains(thing.When.Value),
            thing => thing.Day == new DateTime(2024, 1, 5, 10, 0, 0),
            thing => thing.Day >= new DateTime(2024, 1, 5, 10, 0, 0),
            thing => codes.Contains(thing.Code),
            thing => prices.Contains(thing.Price),
            thing => thing.Color == Color.Blue,
            thing => thing.Color > Color.Red,
            thing => new[] { Color.Red, Color.Blue }.Contains(thing.Color),
            thing => thing.Tags != null && thing.Tags.Contains("a"),
            thing => thing.Tags != null && thing.Tags.Contains(null),
            thing => thing.Tags != null && thing.Tags.Any(),
            thing => thing.Tags != null && !thing.Tags.Any(tag => tag == "a"),
            thing => thing.Tags != null && thing.Tags.Any(tag => list.Contains(tag)),
            thing => thing.Scores != null && thing.Scores.Any(score => score > 3 && score < 6),
            thing => thing.Scores != null && thing.Scores.Contains(4),
            thing => thing.Number < thing.Small,
            thing => thing.Maybe == thing.Number,
            thing => thing.Maybe > thing.Number,
            thing => thing.Id >= 10 && thing.Id <= 20,
        ];
    }

    internal static Thing[] Things(int count)
    {
        var random = new Random(1);
        var moment = new DateTimeOffset(2024, 1, 5, 12, 0, 0, TimeSpan.FromHours(2));
        return
        [
            .. Enumerable.Range(0, count).Select(i => new Thing
            {
                Id = i - 20,
                Number = random.Next(-3, 9),
                Maybe = random.Next(3) == 0 ? null : random.Next(0, 8),
                Small = (short)random.Next(-3, 9),
                Large = random.Next(4) switch { 0 => ulong.MaxValue, 1 => 1UL << 63, 2 => 0, _ => (ulong)random.Next() },
                Real = random.Next(10) / 2.0,
                Price = random.Next(4) == 0 ? null : new[]
                {
                    1.5m, 1.50m, -3m, 0.0000000000000000000000000001m, decimal.MaxValue, decimal.MinValue, 79228162514264337593543950335m,
                    7m,
                }[random.Next(8)],
                Text = Texts[random.Next(Texts.Length)],
                Flag = random.Next(2) == 0,
                Perhaps = random.Next(3) switch { 0 => null, 1 => true, _ => false },
                When = random.Next(4) == 0
                    ? null
                    : moment.AddDays(random.Next(-2, 3)).ToOffset(TimeSpan.FromMinutes(30 * random.Next(-8, 9))),
                Day = new DateTime(2024, 1, random.Next(4, 7), 10, 0, 0, (DateTimeKind)random.Next(3)),
                Code = new Guid(i, 0, 0, new byte[8]),
                Color = (Color)new[] { 0, 1, 200 }[random.Next(3)],
                Tags = random.Next(4) == 0
                    ? null
                    : [.. Enumerable.Range(0, random.Next(4)).Select(_ => new[] { "a", "b", "c", null, "q\"\0" }[random.Next(5)])],
                Scores = random.Next(4) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(8))],
            }),
        ];
    }
}

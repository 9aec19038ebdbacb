using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Tests.Models;

public class SymbolsTests
{
    [Theory]
    [InlineData(3, 40, 1)]
    [InlineData(3, 128, 2)]
    [InlineData(6, 30, 3)]
    public void Short_and_long_merges_give_what_the_obvious_way_gives(int letters, int longest, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var merges = RandomMerges(random, letters, equalRanks: round % 2 == 0);
            int[] ids = [.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => random.Next(-1, letters))];
            var expected = Obvious(ids, merges);
            Assert.Equal(expected, Merged(ids, symbols => symbols.MergeShort(merges)));
            Assert.Equal(expected, Merged(ids, symbols => symbols.MergeLong(merges)));
        }
    }

    [Fact]
    public void A_long_piece_goes_through_the_heap_and_gives_the_same()
    {
        var random = new Random(4);
        var merges = RandomMerges(random, 4, equalRanks: false);
        int[] ids = [.. Enumerable.Range(0, 700).Select(_ => random.Next(4))];
        Assert.Equal(Obvious(ids, merges), Merged(ids, symbols => symbols.Merge(merges)));
    }

    [Fact]
    public void Equal_letters_join_from_the_left()
    {
        var merges = new MergeTable(0);
        merges.Add(0, 0, 0, 1);
        merges.Add(1, 1, 1, 2);
        Assert.Equal([(2, 4), (1, 2), (0, 1)], Merged([0, 0, 0, 0, 0, 0, 0], symbols => symbols.Merge(merges)));
    }

    [Fact]
    public void Of_two_equal_pairs_the_last_counts()
    {
        var merges = new MergeTable(0);
        merges.Add(0, 1, 5, 2);
        merges.Add(0, 1, 7, 3);
        Assert.Equal((7, 3), (merges.Find(0, 1, out var id), id));
        Assert.Equal(MergeTable.None, merges.Find(1, 0, out _));
        Assert.Equal(MergeTable.None, merges.Find(-1, -1, out _));
    }

    [Fact]
    public void A_heap_gives_numbers_in_order()
    {
        var random = new Random(5);
        var heap = new PriorityHeap();
        ulong[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => (ulong)random.Next(500))];
        Array.ForEach(numbers, heap.Add);
        foreach (var number in numbers.Order())
        {
            Assert.True(heap.TryTake(out var least));
            Assert.Equal(number, least);
        }

        Assert.False(heap.TryTake(out _));
    }

    private static MergeTable RandomMerges(Random random, int letters, bool equalRanks)
    {
        var merges = new MergeTable(4);
        for (var rank = 0; rank < letters * 6; rank++)
        {
            merges.Add(random.Next(letters + rank), random.Next(letters + rank), equalRanks ? rank / 4 : rank, letters + rank);
        }

        return merges;
    }

    private static List<(int Id, int Length)> Merged(int[] ids, Action<Symbols> merge)
    {
        var symbols = new Symbols();
        foreach (var id in ids)
        {
            symbols.Add(id, 1);
        }

        merge(symbols);
        return [.. symbols.Ids.ToArray().Zip(symbols.Lengths.ToArray())];
    }

    // Find the best pair, join it, begin again.
    private static List<(int Id, int Length)> Obvious(int[] ids, MergeTable merges)
    {
        List<(int Id, int Length)> symbols = [.. ids.Select(id => (id, 1))];
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(0, symbols.Count - 1))
                .Select(i => (Rank: merges.Find(symbols[i].Id, symbols[i + 1].Id, out var id), At: i, Id: id))
                .Where(pair => pair.Rank != MergeTable.None)
                .Order()
                .FirstOrDefault((MergeTable.None, 0, 0));
            if (best.Item1 == MergeTable.None)
            {
                return symbols;
            }

            symbols[best.Item2] = (best.Item3, symbols[best.Item2].Length + symbols[best.Item2 + 1].Length);
            symbols.RemoveAt(best.Item2 + 1);
        }
    }
}

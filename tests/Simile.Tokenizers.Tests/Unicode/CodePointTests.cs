using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Tests.Unicode;

public class CodePointTests
{
    [Fact]
    public void Sets_ranges_and_their_algebra_agree_with_sets_of_numbers()
    {
        var random = new Random(11);
        for (var i = 0; i < 20; i++)
        {
            var (a, left) = RandomSet(random);
            var (b, right) = RandomSet(random);
            Check(a, left);
            Check(CodePointRanges.Union(a, b), [.. left.Union(right)]);
            Check(a.Intersect(b), [.. left.Intersect(right)]);
            Check(a.Except(b), [.. left.Except(right)]);
            Check(a.Complement(), [.. Enumerable.Range(0, 0x110000).Except(left)]);
            Assert.Equal(a, a.Complement().Complement());
        }
    }

    [Fact]
    public void Every_code_point_has_one_category()
    {
        var categories = Properties.Categories.Append("Cn").Append("Co").Append("Cs").Select(Properties.Category).ToArray();
        Assert.Equal(0x110000, categories.Sum(set => set.Ranges.ToArray().Sum(r => r.Last - r.First + 1)));
        Assert.Equal(CodePointRanges.All, CodePointRanges.Union(categories));
    }

    [Fact]
    public void Folding_joins_the_three_forms_of_k() =>
        Assert.Equal(CodePointRanges.Parse("4B 6B 212A"), CaseFolding.Close(CodePointRanges.Of('k')));

    [Fact]
    public void A_map_gives_each_run_its_value()
    {
        var map = new CodePointMap<int>([(0x100, 0x110, 2, 5), (0x10FFFF, 0x10FFFF, 1, 7), (0x104, 0x104, 1, 9)]);
        Assert.Equal([5, 0, 5, 0, 9, 0, 7], new[] { 0x100, 0x101, 0x102, 0x103, 0x104, 0x112, 0x10FFFF }.Select(c => map[c]));
    }

    private static void Check(CodePointRanges ranges, HashSet<int> expected)
    {
        var set = new CodePointSet(ranges);
        for (var c = 0; c < 0x110000; c++)
        {
            if (set.Contains(c) != expected.Contains(c) || ranges.Contains(c) != expected.Contains(c))
            {
                Assert.Fail($"U+{c:X4}");
            }
        }
    }

    private static (CodePointRanges Ranges, HashSet<int> Points) RandomSet(Random random)
    {
        var ranges = new List<(int, int)>();
        var points = new HashSet<int>();
        for (var i = random.Next(30); i >= 0; i--)
        {
            var first = random.Next(3) == 0 ? random.Next(300) : random.Next(0x110000);
            var count = Math.Min(random.Next(4) == 0 ? random.Next(3000) : random.Next(1, 80), 0x110000 - first);
            if (count > 0)
            {
                ranges.Add((first, first + count - 1));
                points.UnionWith(Enumerable.Range(first, count));
            }
        }

        return (CodePointRanges.Of(ranges), points);
    }
}

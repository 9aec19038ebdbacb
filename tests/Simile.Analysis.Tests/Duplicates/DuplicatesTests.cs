using Simile.Numerics;

namespace Simile.Analysis.Tests.Duplicates;

public class DuplicatesTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(0)]
    public void Planted_duplicates_are_found_and_nothing_else(int exactUpTo)
    {
        var (vectors, of) = Planted(1200, 48, 150);
        var found = Analysis.Duplicates.Find(vectors, new DuplicateOptions { ExactUpTo = exactUpTo });
        Assert.All(found.Groups, g => Assert.All(g.Members, m => Assert.Equal(of[g.Kept], of[m.Row])));
        Assert.Equal(150, found.Count);
    }

    [Fact]
    public void Joining_neighbors_gives_what_comparing_all_pairs_gives()
    {
        var vectors = Rows.Groups(400, 5, 40, spread: 0.12f);
        const float Threshold = 0.97f;
        var components = new Components(400);
        for (var i = 0; i < 400; i++)
        {
            for (var j = 0; j < i; j++)
            {
                _ = Metric.Cosine.Score(vectors[i], vectors[j]) >= Threshold && components.Join(i, j);
            }
        }

        var found = Analysis.Duplicates.Find(vectors, new DuplicateOptions { Threshold = Threshold });
        Assert.Equal(400 - components.Count, found.Count);
        Assert.All(found.Groups, g => Assert.All(g.Members, m => Assert.Equal(components.Find(g.Kept), components.Find(m.Row))));
    }

    [Fact]
    public void A_group_larger_than_the_neighbors_looked_at_stays_whole()
    {
        var vectors = Rows.Groups(300, 20, 2, spread: 0.01f);
        var found = Analysis.Duplicates.Find(vectors, new DuplicateOptions { Threshold = 0.99f, Neighbors = 2 });
        Assert.Equal([149, 149], found.Groups.Select(g => g.Members.Count));
    }

    [Fact]
    public void The_item_of_the_greatest_worth_is_kept_and_scores_are_to_it()
    {
        var vectors = Rows.Of([1, 0], [1, 0.01f], [1, 0.02f], [0, 1]);
        var found = Analysis.Duplicates.Find(vectors, new DuplicateOptions { Threshold = 0.99f }, worth: [1, 5, 5, 9]);
        var group = Assert.Single(found.Groups);
        Assert.Equal(1, group.Kept);
        Assert.Equal([0, 2], group.Members.Select(m => m.Row).Order());
        Assert.All(group.Members, m => Assert.Equal(Metric.Cosine.Score(vectors[1], vectors[m.Row]), m.Score));
        Assert.Equal(0, Assert.Single(Analysis.Duplicates.Find(vectors, new DuplicateOptions { Threshold = 0.99f }).Groups).Kept);
    }

    [Fact]
    public void Exact_duplicates_are_found_by_vector_and_by_content()
    {
        var vectors = Rows.Of([1, 0], [0, 1], [1, 0], [0.5f, 0.5f]);
        var found = Analysis.Duplicates.Find(vectors, new DuplicateOptions { ExactOnly = true }, contents: ["a", "b", "c", "b"]);
        Assert.Equal([(0, 2), (1, 3)], found.Groups.Select(g => (g.Kept, Assert.Single(g.Members).Row)));
        Assert.All(found.Groups, g => Assert.True(g.Members[0].IsExact));
    }

    [Fact]
    public void The_suggested_threshold_parts_planted_duplicates_from_the_rest()
    {
        var (vectors, of) = Planted(900, 32, 200);
        var threshold = Analysis.Duplicates.SuggestThreshold(vectors);
        for (var i = 700; i < 900; i++)
        {
            Assert.True(Metric.Cosine.Score(vectors[i], vectors[of[i]]) >= threshold);
        }

        // Without duplicates few pass.
        var none = Rows.Gauss(600, 32, new Random(8));
        Assert.InRange(Analysis.Duplicates.Find(none).Count, 0, 12);
    }

    [Fact]
    public void Few_and_equal_vectors_need_no_threshold()
    {
        Assert.Empty(Analysis.Duplicates.Find(Rows.Equal(1, 3)).Groups);
        Assert.Equal(19, Analysis.Duplicates.Find(Rows.Equal(20, 3)).Count);
        Assert.Empty(Analysis.Duplicates.Find(Rows.Of([1, 0], [0, 1])).Groups);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Analysis.Duplicates.Find(new VectorMatrix(0, 3)));
        Sentence.Of<ArgumentException>(() => Analysis.Duplicates.Find(Rows.Of([float.NaN])));
        Sentence.Of<ArgumentException>(() => Analysis.Duplicates.Find(Rows.Equal(3, 3), worth: [1]));
        Sentence.Of<ArgumentException>(() => Analysis.Duplicates.Find(Rows.Equal(3, 3), contents: ["a"]));
        Sentence.Of<ArgumentException>(() => Analysis.Duplicates.Find(Rows.Equal(3, 3), new DuplicateOptions { Threshold = float.NaN }));
        Sentence.Of<ArgumentException>(() => Analysis.Duplicates.SuggestThreshold(Rows.Equal(2, 3)));
        Assert.ThrowsAny<OperationCanceledException>(
            () => Analysis.Duplicates.Find(Rows.Gauss(30, 3, new Random(1)), cancellationToken: new CancellationToken(true)));
    }

    // The last rows are copies of others with a little noise.
    private static (VectorMatrix Vectors, int[] Of) Planted(int count, int dimensions, int duplicates)
    {
        var random = new Random(11);
        var (vectors, noise) = (Rows.Gauss(count, dimensions, random), Rows.Gauss(count, dimensions, random));
        var of = Enumerable.Range(0, count).ToArray();
        for (var i = count - duplicates; i < count; i++)
        {
            of[i] = i - (count - duplicates);
            for (var j = 0; j < dimensions; j++)
            {
                vectors[i][j] = vectors[of[i]][j] + (0.05f * noise[i][j]);
            }
        }

        return (vectors, of);
    }
}

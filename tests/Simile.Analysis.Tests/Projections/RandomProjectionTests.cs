using Simile.Numerics;

namespace Simile.Analysis.Tests.Projections;

public class RandomProjectionTests
{
    [Fact]
    public void Distances_are_kept_within_the_distortion_that_was_asked_for()
    {
        var rows = TestRows.Normal(40, 3000);
        var components = RandomProjection.LeastComponents(40, 0.2);
        foreach (var projection in new[]
        {
            RandomProjection.Gaussian(3000, components),
            RandomProjection.Sparse(3000, components),
            RandomProjection.Sparse(3000, components, 1 / 3.0),
        })
        {
            var projected = projection.Transform(rows);
            for (var i = 1; i < rows.Count; i++)
            {
                Assert.Equal(1, Metric.L2.Score(projected[0], projected[i]) / Metric.L2.Score(rows[0], rows[i]), 0.2f);
            }
        }
    }

    [Fact]
    public void Fewest_components_are_those_of_scikit_learn()
    {
        // johnson_lindenstrauss_min_dim(1e6, eps=.5) and (1e6, eps=.1)
        Assert.Equal(663, RandomProjection.LeastComponents(1_000_000, 0.5));
        Assert.Equal(11841, RandomProjection.LeastComponents(1_000_000, 0.1));
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var rows = TestRows.Normal(3, 50);
        Assert.Equal(
            RandomProjection.Sparse(50, 8, seed: 4).Transform(rows).AsSpan().ToArray(),
            RandomProjection.Sparse(50, 8, seed: 4).Transform(rows).AsSpan().ToArray());
        Assert.NotEqual(
            RandomProjection.Gaussian(50, 8, 4).Transform(rows).AsSpan().ToArray(),
            RandomProjection.Gaussian(50, 8, 5).Transform(rows).AsSpan().ToArray());
    }

    [Fact]
    public void Truncated_rows_have_length_one()
    {
        var shorter = Matryoshka.Truncate(TestRows.Normal(5, 32), 8);
        Assert.Equal(8, shorter.Dimensions);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(1, VectorMath.Norm(shorter[i]), 1e-6f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Matryoshka.Truncate(TestRows.Normal(5, 32), 33));
    }

    [Fact]
    public void Unfit_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomProjection.Gaussian(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomProjection.Sparse(5, 3, 1.5));
        Assert.Throws<ArgumentException>(() => RandomProjection.Gaussian(5, 3).Transform(TestRows.Normal(2, 4)));
    }
}

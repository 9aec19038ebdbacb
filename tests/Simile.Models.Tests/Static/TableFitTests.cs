using Simile.Numerics;

namespace Simile.Models.Tests;

public class TableFitTests
{
    private const int Tokens = 12;
    private const int Dimensions = 5;

    [Fact]
    public void The_gradient_equals_finite_differences()
    {
        var problem = new Problem(seed: 3, texts: 9);
        var fit = problem.Fit();
        fit.Accumulate(problem.Texts, problem.Teacher);
        var vectors = problem.Table.AsSpan().Length;
        for (var i = 0; i < vectors + Tokens; i++)
        {
            var slope = (problem.Loss(i, .01f) - problem.Loss(i, -.01f)) / .02 * problem.Texts.Count;
            var gradient = i < vectors ? fit.TableGradient.AsSpan()[i] : fit.WeightGradient[i - vectors];
            Assert.Equal(slope, gradient, .002);
        }
    }

    [Fact]
    public void Fitting_lowers_the_loss_to_nearly_nothing_when_a_table_exists_that_explains_the_teacher()
    {
        var problem = new Problem(seed: 5, texts: 200);
        var fit = problem.Fit();
        var first = fit.Step(problem.Texts, problem.Teacher, .02f, .02f);
        var last = 0.0;
        for (var step = 0; step < 400; step++)
        {
            last = fit.Step(problem.Texts, problem.Teacher, .02f, .02f);
        }

        Assert.InRange(last, 0, first / 50);
    }

    [Fact]
    public void A_text_without_tokens_changes_nothing_and_gives_no_NaN()
    {
        var problem = new Problem(seed: 1, texts: 4);
        var empty = new TokenizedTexts([1, 2, 3], [0, 0, 3]);
        var fit = problem.Fit();
        Assert.True(double.IsFinite(fit.Step(empty, new VectorMatrix(2, 3), .1f, .1f)));
        Assert.All(fit.ToTable().AsSpan().ToArray(), number => Assert.True(float.IsFinite(number)));
    }

    /// <summary>A teacher that is itself a table, so that a perfect student exists.</summary>
    private sealed class Problem
    {
        public Problem(int seed, int texts)
        {
            var random = new Random(seed);
            Table = RandomMatrix(random, Tokens);
            Texts = RandomTexts(random, texts);
            Teacher = new VectorMatrix(texts, Dimensions);
            var secret = RandomMatrix(random, Tokens);
            for (var text = 0; text < texts; text++)
            {
                Sum(secret, Texts[text], Teacher[text]);
            }
        }

        public VectorMatrix Table { get; }

        public TokenizedTexts Texts { get; }

        public VectorMatrix Teacher { get; }

        public TableFit Fit() => new(Copy(Table), Weights(-1, 0));

        /// <summary>The loss when parameter <paramref name="index"/> (vectors first, then logarithms of weights) is moved.</summary>
        public double Loss(int index, float by)
        {
            var table = Copy(Table);
            if (index < table.AsSpan().Length)
            {
                table.AsSpan()[index] += by;
            }

            return new TableFit(table, Weights(index - table.AsSpan().Length, by)).Accumulate(Texts, Teacher);
        }

        private static float[] Weights(int index, float by) =>
            [.. Enumerable.Range(0, Tokens).Select(token => MathF.Exp((.1f * token) + (token == index ? by : 0)))];

        private static VectorMatrix Copy(VectorMatrix matrix) => new(matrix.AsSpan().ToArray(), matrix.Dimensions);

        private static VectorMatrix RandomMatrix(Random random, int count)
        {
            var matrix = new VectorMatrix(count, Dimensions);
            foreach (ref var number in matrix.AsSpan())
            {
                number = (float)((2 * random.NextDouble()) - 1);
            }

            return matrix;
        }

        private static TokenizedTexts RandomTexts(Random random, int count)
        {
            var starts = new int[count + 1];
            for (var text = 0; text < count; text++)
            {
                starts[text + 1] = starts[text] + random.Next(2, 6);
            }

            return new TokenizedTexts([.. Enumerable.Range(0, starts[^1]).Select(_ => random.Next(Tokens))], starts);
        }

        private static void Sum(VectorMatrix table, ReadOnlySpan<int> tokens, Span<float> unit)
        {
            foreach (var token in tokens)
            {
                for (var i = 0; i < unit.Length; i++)
                {
                    unit[i] += table[token][i];
                }
            }

            var norm = MathF.Sqrt(unit.ToArray().Sum(number => number * number));
            foreach (ref var number in unit)
            {
                number /= norm;
            }
        }
    }
}

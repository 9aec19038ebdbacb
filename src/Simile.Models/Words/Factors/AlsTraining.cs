using System.Globalization;
using System.Numerics.Tensors;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>How often, or how much, a user had to do with an item.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Item">The item's name.</param>
/// <param name="Amount">Times seen, bought or played: above 0. Of one pair given several times the sum counts.</param>
public readonly record struct Interaction(string User, string Item, float Amount);

/// <summary>How <see cref="AlsTraining"/> makes vectors of users and items.</summary>
public sealed record AlsOptions
{
    /// <summary>Components of each vector, 1 to 1000.</summary>
    public int Dimensions { get; init; } = 50;

    /// <summary>α: how much surer an amount makes: the confidence is 1 + α · amount.</summary>
    public double Confidence { get; init; } = 40;

    /// <summary>λ: how strongly vectors are held near zero.</summary>
    public double Regularization { get; init; } = 0.1;

    /// <summary>How often users and items are solved in turn.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>The same seed gives the same vectors to the bit.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Vectors of users and items by alternating least squares for implicit feedback (Hu, Koren and Volinsky 2008): the product of a user's and an item's vector is
/// near 1 where the two had to do with each other, and near 0 elsewhere, with a confidence of 1 + α · amount.
/// </summary>
public static class AlsTraining
{
    /// <summary>Makes the vectors.</summary>
    /// <param name="interactions">Who had to do with what.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the epochs.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">An option has no meaning, an amount is not above 0, or there are no interactions.</exception>
    public static AlsRecommender Run(IEnumerable<Interaction> interactions, AlsOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions is < 1 or > 1000 || options.Epochs < 1 || !(options.Confidence >= 0) || !(options.Regularization > 0))
        {
            throw new ArgumentException("Dimensions are 1 to 1000, epochs at least 1, the confidence at least 0, and the regularization above 0.", nameof(options));
        }

        var (users, items, rows) = Collect(interactions);
        if (users.Count == 0)
        {
            throw new ArgumentException("There are no interactions: give at least one.", nameof(interactions));
        }

        var byUser = new SparseRows(rows.Select(row => (IReadOnlyList<(int, float)>)[.. row.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))]), items.Count);
        var byItem = byUser.Transpose();
        var (userVectors, itemVectors) = (new VectorMatrix(users.Count, options.Dimensions), Start(items.Count, options));
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            Solve(byUser, itemVectors, userVectors, options, cancellationToken);
            Solve(byItem, userVectors, itemVectors, options, cancellationToken);
            progress?.Report(epoch + 1);
        }

        return new AlsRecommender([.. users.Keys], userVectors, [.. items.Keys], itemVectors, byUser);
    }

    private static (Dictionary<string, int> Users, Dictionary<string, int> Items, List<Dictionary<int, float>> Rows) Collect(IEnumerable<Interaction> interactions)
    {
        var (users, items, rows) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal), new List<Dictionary<int, float>>());
        foreach (var (user, item, amount) in interactions)
        {
            if (!(amount > 0 && float.IsFinite(amount)))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The amount of \"{user}\" and \"{item}\" is {amount}: it must be above 0 and finite."), nameof(interactions));
            }

            if (users.TryAdd(user, users.Count))
            {
                rows.Add([]);
            }

            items.TryAdd(item, items.Count);
            var row = rows[users[user]];
            row[items[item]] = row.GetValueOrDefault(items[item]) + amount;
        }

        return (users, items, rows);
    }

    private static VectorMatrix Start(int count, AlsOptions options)
    {
        var (random, vectors) = (TrainingRandom.For(options.Seed, 0), new VectorMatrix(count, options.Dimensions));
        foreach (ref var number in vectors.AsSpan())
        {
            number = (random.NextSingle() - 0.5f) / MathF.Sqrt(options.Dimensions);
        }

        return vectors;
    }

    // x_u = (YᵀY + Yᵀ(Cᵘ - 1)Y + λ)⁻¹ YᵀCᵘp(u), with YᵀY once for all rows.
    private static void Solve(SparseRows amounts, VectorMatrix fixedSide, VectorMatrix solved, AlsOptions options, CancellationToken cancellationToken)
    {
        var gram = Gram(fixedSide, options.Regularization);
        EachCore.Run(amounts.Count, row =>
        {
            var d = fixedSide.Dimensions;
            var (matrix, right) = ((double[])gram.Clone(), new double[d]);
            for (var at = amounts.Starts[row]; at < amounts.Starts[row + 1]; at++)
            {
                AddOuter(matrix, right, fixedSide[amounts.Columns[at]], options.Confidence * amounts.Values[at]);
            }

            PositiveDefinite.Solve(matrix, right);
            for (var i = 0; i < d; i++)
            {
                solved[row][i] = (float)right[i];
            }
        }, cancellationToken);
    }

    private static void AddOuter(double[] matrix, double[] right, ReadOnlySpan<float> vector, double surplus)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            right[i] += (1 + surplus) * vector[i];
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * vector.Length) + j] += surplus * vector[i] * vector[j];
            }
        }
    }

    private static double[] Gram(VectorMatrix vectors, double diagonal)
    {
        var (d, gram) = (vectors.Dimensions, new double[vectors.Dimensions * vectors.Dimensions]);
        for (var row = 0; row < vectors.Count; row++)
        {
            var vector = vectors[row];
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    gram[(i * d) + j] += (double)vector[i] * vector[j];
                }
            }
        }

        for (var i = 0; i < d; i++)
        {
            gram[(i * d) + i] += diagonal;
        }

        return gram;
    }
}

/// <summary>Systems of equations whose matrix is symmetric and positive definite.</summary>
internal static class PositiveDefinite
{
    /// <summary>Solves A·x = b by Cholesky's decomposition; A's lower triangle and b are overwritten, b with x.</summary>
    public static void Solve(double[] matrix, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            var row = matrix.AsSpan(i * n, i);
            for (var j = 0; j < i; j++)
            {
                matrix[(i * n) + j] = (matrix[(i * n) + j] - TensorPrimitives.Dot<double>(row[..j], matrix.AsSpan(j * n, j))) / matrix[(j * n) + j];
            }

            matrix[(i * n) + i] = Math.Sqrt(matrix[(i * n) + i] - TensorPrimitives.Dot<double>(row, row));
            right[i] = (right[i] - TensorPrimitives.Dot<double>(row, right.AsSpan(0, i))) / matrix[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            right[i] /= matrix[(i * n) + i];
            for (var j = 0; j < i; j++)
            {
                right[j] -= matrix[(i * n) + j] * right[i];
            }
        }
    }
}

using System.Globalization;
using System.Numerics.Tensors;
using Simile.Models.Words;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>An interaction of a user with an item, with its amount.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Item">The item's name.</param>
/// <param name="Amount">How often it was seen, bought or played; above 0. The amounts of repeated pairs are added up.</param>
public readonly record struct Interaction(string User, string Item, float Amount);

/// <summary>Options of <see cref="AlsTraining"/>.</summary>
public sealed record AlsOptions
{
    /// <summary>Components of each vector, 1 to 1000.</summary>
    public int Dimensions { get; init; } = 50;

    /// <summary>α: how much an amount raises the confidence, which is 1 + α · amount.</summary>
    public double Confidence { get; init; } = 40;

    /// <summary>λ: the strength of the L2 regularization.</summary>
    public double Regularization { get; init; } = 0.1;

    /// <summary>Number of epochs; each solves for all users, then for all items.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>The same seed gives bit-identical vectors.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>
/// Vectors of users and items by alternating least squares for implicit feedback (Hu, Koren and Volinsky 2008): the product of a user's and
/// an item's vector is near 1 if the user interacted with the item, and near 0 otherwise. The confidence is 1 + α · amount.
/// </summary>
public static class AlsTraining
{
    /// <summary>Trains the vectors.</summary>
    /// <param name="interactions">The interactions of users with items.</param>
    /// <param name="options">The training options.</param>
    /// <param name="progress">Optional progress callback, in epochs.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="ArgumentException">An option is out of range, an amount is not above 0, or there are no interactions.</exception>
    public static AlsRecommender Run(
        IEnumerable<Interaction> interactions,
        AlsOptions options,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Dimensions is < 1 or > 1000 || options.Epochs < 1 || !(options.Confidence >= 0) || !(options.Regularization > 0))
        {
            throw new ArgumentException(
                "Dimensions must be 1 to 1000, epochs at least 1, the confidence at least 0, and the regularization above 0.",
                nameof(options));
        }

        var (users, items, rows) = Collect(interactions);
        if (users.Count == 0)
        {
            throw new ArgumentException("There are no interactions: give at least one.", nameof(interactions));
        }

        var byUser = new SparseRows(
            rows.Select(row => (IReadOnlyList<(int, float)>)[.. row.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))]),
            items.Count);
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

    private static (Dictionary<string, int> Users, Dictionary<string, int> Items, List<Dictionary<int, float>> Rows) Collect(
        IEnumerable<Interaction> interactions)
    {
        var (users, items, rows) = (new Dictionary<string, int>(StringComparer.Ordinal),
            new Dictionary<string, int>(StringComparer.Ordinal), new List<Dictionary<int, float>>());
        foreach (var (user, item, amount) in interactions)
        {
            if (!(amount > 0 && float.IsFinite(amount)))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The amount of \"{user}\" and \"{item}\" is {amount}: it must be above 0 and finite."),
                    nameof(interactions));
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

    // x_u = (YᵀY + Yᵀ(Cᵘ - 1)Y + λ)⁻¹ YᵀCᵘp(u), where YᵀY is computed once for all rows.
    private static void Solve(
        SparseRows amounts, VectorMatrix fixedSide, VectorMatrix solved, AlsOptions options, CancellationToken cancellationToken)
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

/// <summary>Linear systems with a symmetric positive definite matrix.</summary>
internal static class PositiveDefinite
{
    /// <summary>Solves A·x = b by Cholesky decomposition. Overwrites the lower triangle of A, and overwrites b with x.</summary>
    public static void Solve(double[] matrix, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            var row = matrix.AsSpan(i * n, i);
            for (var j = 0; j < i; j++)
            {
                matrix[(i * n) + j] =
                    (matrix[(i * n) + j] - TensorPrimitives.Dot<double>(row[..j], matrix.AsSpan(j * n, j))) / matrix[(j * n) + j];
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

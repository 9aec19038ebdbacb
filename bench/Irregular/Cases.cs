using Simile.Index;
using Simile.Numerics;

namespace Irregular;

/// <summary>The cases: each is a kind of irregular data in several degrees.</summary>
internal static class Cases
{
    private const int Queries = 200;
    private const int Spoilt = 20;

    /// <summary>The case that others of the same size are compared with.</summary>
    public static Case Clean(int count, int dimensions) =>
        new($"clean {dimensions}", new Shapes(dimensions, 1).Clean(count), new Shapes(dimensions, 2).Clean(Queries));

    /// <summary>All cases of a size.</summary>
    public static IEnumerable<Case> All(int count, int dimensions) =>
    [
        .. Zeros(count, dimensions),
        .. Outliers(count, dimensions),
        .. Offsets(count, dimensions),
        .. Duplicates(count, dimensions),
        .. Clusters(count, dimensions),
        .. Kinds(count, dimensions),
        .. Histories(count, dimensions),
    ];

    /// <summary>One case of each kind, so that tables over many dimensions do not take too long.</summary>
    public static IEnumerable<Case> Few(int count, int dimensions) =>
    [
        Spoil("zeros 5 %", count, dimensions, 0.05, (_, row) => row.Clear()),
        Spoil("outliers 1 × 1e4", count, dimensions, 1.0 / count, (_, row) => VectorMath.Scale(row, 1e4f, row)),
        Spoil("outliers 5 % × 1e2", count, dimensions, 0.05, (_, row) => VectorMath.Scale(row, 100, row)),
        Spoil("one component 1e4, 1 %", count, dimensions, 0.01, (random, row) => row[random.Next(row.Length)] = 1e4f),
        Spoil("a cluster far off, 1 %", count, dimensions, 0.01, (_, row) => Far(row)),
        Both("offset 30 × spread", count, dimensions, (shapes, n) => Shapes.Plus(shapes.Clean(n), 30)),
        Copies(count, dimensions, 0.4, 20),
        Both("100 clusters, tight 1e-2", count, dimensions, (shapes, n) => shapes.Clusters(n, 100, 0.01f)),
        Both("uniform, 24 zeros", count, dimensions, (shapes, n) =>
            shapes.Replace(shapes.Uniform(n), 24.0 / count, (_, row) => row.Clear())),
        Both("line, noise 1e-3", count, dimensions, (shapes, n) => shapes.Line(n, 1e-3f)),
        Both("sparse, 5 words", count, dimensions, (shapes, n) => shapes.Sparse(n, 5)),
        Both("whole numbers to 3", count, dimensions, (shapes, n) => shapes.Integers(n, 3)),
        Both("heavy tails", count, dimensions, (shapes, n) => shapes.HeavyTails(n)),
    ];

    /// <summary>Real vectors, unchanged and made irregular as in <see cref="Few"/>. The last ones are the queries.</summary>
    public static IEnumerable<Case> Real(VectorMatrix vectors)
    {
        var count = vectors.Count - Queries;
        Case Spoilt(string name, double share, Action<Random, Span<float>> change) => new(
            name,
            new Shapes(vectors.Dimensions, 1).Replace(Slice(vectors, 0, count), share, change),
            new Shapes(vectors.Dimensions, 2).Replace(Slice(vectors, count, vectors.Count), (double)Cases.Spoilt / Queries, change));
        return
        [
            Spoilt("as they are", 0, (_, _) => { }),
            Spoilt("zeros 5 %", 0.05, (_, row) => row.Clear()),
            Spoilt("all components 1e4, 1", 1.0 / count, (_, row) => row.Fill(1e4f)),
            Spoilt("outliers 1 × 9,798", 1.0 / count, (_, row) => VectorMath.Scale(row, 9798, row)),
            Spoilt("outliers 5 % × 1e2", 0.05, (_, row) => VectorMath.Scale(row, 100, row)),
            Spoilt("one component 1e4, 1 %", 0.01, (random, row) => row[random.Next(row.Length)] = 1e4f),
            new("offset 30 × spread", Shapes.Plus(Slice(vectors, 0, count), 30), Shapes.Plus(Slice(vectors, count, vectors.Count), 30)),
            new(
                "copies 40 % of 20",
                new Shapes(vectors.Dimensions, 1).Copy(Slice(vectors, 0, count), 0.4, 20),
                Slice(vectors, count, vectors.Count)),
            new(
                "copies 40 % of 20, one by one",
                new Shapes(vectors.Dimensions, 1).Copy(Slice(vectors, 0, count), 0.4, 20),
                Slice(vectors, count, vectors.Count),
                OneByOne),
        ];
    }

    private static Case Copies(int count, int dimensions, double share, int originals)
    {
        var shapes = new Shapes(dimensions, 1);
        var vectors = shapes.Copy(shapes.Clean(count), share, originals);
        return new($"copies {share:0 %} of {originals}", vectors, QueriesOf(vectors, dimensions));
    }

    public static IEnumerable<Case> Zeros(int count, int dimensions) =>
        from share in new[] { 1.0 / count, 24.0 / count, 0.05, 0.5 }
        select Spoil($"zeros {Named(share, count)}", count, dimensions, share, (_, row) => row.Clear());

    public static IEnumerable<Case> Outliers(int count, int dimensions) =>
    [
        .. from share in new[] { 1.0 / count, 0.01, 0.05 }
           from factor in new[] { 10f, 100f, 1e4f, 1e6f }
           select Spoil(
               $"outliers {Named(share, count)} × {factor:0e0}", count, dimensions, share, (_, row) => VectorMath.Scale(row, factor, row)),
        .. from share in new[] { 1.0 / count, 0.01 }
           select Spoil(
               $"one component 1e4, {Named(share, count)}", count, dimensions, share, (random, row) => row[random.Next(row.Length)] = 1e4f),
        .. from share in new[] { 1.0 / count, 0.01, 0.05 }
           select Spoil($"all components 1e4, {Named(share, count)}", count, dimensions, share, (_, row) => row.Fill(1e4f)),
        .. from share in new[] { 0.01, 0.05 }
           select Spoil($"a cluster far off, {Named(share, count)}", count, dimensions, share, (random, row) => Far(row)),
    ];

    public static IEnumerable<Case> Offsets(int count, int dimensions) =>
        from offset in new[] { 3f, 30f, 300f, 3000f }
        select Both($"offset {offset} × spread", count, dimensions, (shapes, n) => Shapes.Plus(shapes.Clean(n), offset));

    public static IEnumerable<Case> Duplicates(int count, int dimensions)
    {
        foreach (var (share, originals) in new[]
        {
            (0.01, int.MaxValue), (0.1, int.MaxValue), (0.5, int.MaxValue), (0.9, int.MaxValue), (0.4, 20), (0.9, 20), (0.5, 1), (0.9, 1),
        })
        {
            var shapes = new Shapes(dimensions, 1);
            var vectors = shapes.Copy(shapes.Clean(count), share, originals);
            var name = $"copies {share:0 %} of {(originals == int.MaxValue ? "many" : originals)}";
            yield return new(name, vectors, QueriesOf(vectors, dimensions));
            yield return new(name + ", one by one", vectors, QueriesOf(vectors, dimensions), OneByOne);
        }

        foreach (var size in new[] { 1e-7f, 1e-5f, 1e-3f })
        {
            var shapes = new Shapes(dimensions, 1);
            var vectors = shapes.Noise(shapes.Copy(shapes.Clean(count), 0.5, 20), size);
            yield return new($"copies 50 % of 20, noise {size:0e0}", vectors, QueriesOf(vectors, dimensions));
            yield return new($"copies 50 % of 20, noise {size:0e0}, one by one", vectors, QueriesOf(vectors, dimensions), OneByOne);
        }

        var equal = new VectorMatrix(count, dimensions);
        equal.AsSpan().Fill(0.5f);
        yield return new("all equal", equal, new Shapes(dimensions, 2).Clean(Queries));
        yield return new("all equal, one by one", equal, new Shapes(dimensions, 2).Clean(Queries), OneByOne);
        var zeros = new VectorMatrix(count, dimensions);
        yield return new("all zero", zeros, new Shapes(dimensions, 2).Clean(Queries));
        var first = new VectorMatrix(count * 6 / 7, dimensions);
        first.AsSpan().Fill(0.5f);
        var rest = new Shapes(dimensions, 1).Clean(count - first.Count);
        yield return new(
            "equal ones first, then others one by one",
            Shapes.Joined(first, rest),
            QueriesOf(rest, dimensions),
            (index, vectors) => FirstAtOnce(index, vectors, first.Count));
    }

    public static IEnumerable<Case> Clusters(int count, int dimensions) =>
    [
        .. from clusters in new[] { 2, 10, 100, 500 }
           from ratio in new[] { 0.1f, 0.01f, 1e-4f }
           select Both($"{clusters} clusters, tight {ratio:0e0}", count, dimensions, (shapes, n) => shapes.Clusters(n, clusters, ratio)),
        Both("100 clusters, tight 1e-2, one by one", count, dimensions, (shapes, n) => shapes.Clusters(n, 100, 0.01f)) with
        {
            Fill = OneByOne,
        },
    ];

    public static IEnumerable<Case> Kinds(int count, int dimensions) =>
    [
        Both("uniform", count, dimensions, (shapes, n) => shapes.Uniform(n)),
        Both("uniform, a zero", count, dimensions, (shapes, n) => shapes.Replace(shapes.Uniform(n), 0, (_, row) => row.Clear())),
        Both("uniform, 24 zeros", count, dimensions, (shapes, n) =>
            shapes.Replace(shapes.Uniform(n), 24.0 / count, (_, row) => row.Clear())),
        Both("Gaussian", count, dimensions, (shapes, n) => shapes.Gaussian(n)),
        Both("line", count, dimensions, (shapes, n) => shapes.Line(n, 0)),
        Both("line, noise 1e-3", count, dimensions, (shapes, n) => shapes.Line(n, 1e-3f)),
        Both("line, noise 0.1", count, dimensions, (shapes, n) => shapes.Line(n, 0.1f)),
        Both("sparse, 5 words", count, dimensions, (shapes, n) => shapes.Sparse(n, 5)),
        Both("sparse, 40 words", count, dimensions, (shapes, n) => shapes.Sparse(n, 40)),
        Both("whole numbers to 1", count, dimensions, (shapes, n) => shapes.Integers(n, 1)),
        Both("whole numbers to 3", count, dimensions, (shapes, n) => shapes.Integers(n, 3)),
        Both("whole numbers to 255", count, dimensions, (shapes, n) => shapes.Integers(n, 255)),
        Both("whole numbers to 100,000", count, dimensions, (shapes, n) => shapes.Integers(n, 100_000)),
        Both("heavy tails", count, dimensions, (shapes, n) => shapes.HeavyTails(n)),
        Both("lengths 1e-4 to 1e4", count, dimensions, (shapes, n) => shapes.Lengths(n)),
        Both("tiny numbers", count, dimensions, (shapes, n) => Scaled(shapes.Clean(n), 1e-12f)),
        Both("large numbers", count, dimensions, (shapes, n) => Scaled(shapes.Clean(n), 1e8f)),
        Both("one component large", count, dimensions, (shapes, n) => Towering(shapes.Clean(n))),
    ];

    public static IEnumerable<Case> Histories(int count, int dimensions)
    {
        foreach (var (name, value) in new[] { ("1e4", 1e4f), ("0", 0f) })
        {
            var (shapes, spoilt) = (new Shapes(dimensions, 1), new float[dimensions]);
            spoilt.AsSpan().Fill(value);
            var vectors = shapes.Clean(count);
            spoilt.CopyTo(vectors[17]);
            yield return new($"a vector of {name} that was removed", vectors, new Shapes(dimensions, 2).Clean(Queries), (index, all) =>
            {
                index.Add(all);
                index.Remove(17);
            }, [17]);
            yield return new(
                $"a vector of {name} that came and went before most others",
                vectors,
                new Shapes(dimensions, 2).Clean(Queries),
                (index, all) =>
                {
                    index.Add(Slice(all, 0, count / 4));
                    index.Remove(17);
                    index.Add(Slice(all, count / 4, count));
                }, [17]);
        }

        foreach (var stretch in new[] { 0.1f, 1f, 10f, 100f })
        {
            var shapes = new Shapes(dimensions, 1);
            var half = shapes.Clean(count / 3);
            var other = Shapes.Other(shapes.Clean(count - half.Count), stretch);
            var vectors = Shapes.Joined(half, other);
            yield return new($"others × {stretch} added at once", vectors, QueriesOf(vectors, dimensions), (index, all) =>
            {
                index.Add(Slice(all, 0, half.Count));
                index.Add(Slice(all, half.Count, count));
            });
            yield return new($"others × {stretch} added one by one", vectors, QueriesOf(vectors, dimensions), (index, all) =>
                FirstAtOnce(index, all, half.Count));
            yield return new($"all replaced by others × {stretch}", other, QueriesOf(other, dimensions), (index, all) =>
            {
                index.Add(new Shapes(dimensions, 1).Clean(all.Count));
                for (var i = 0; i < all.Count; i++)
                {
                    index.Update(i, all[i]);
                }
            });
        }

        var towards = new Shapes(dimensions, 1);
        var moved = towards.Clean(count);
        for (var i = 0; i < count / 2; i++)
        {
            moved[0].CopyTo(moved[i]);
        }

        yield return new("half updated to one point", moved, QueriesOf(moved, dimensions), (index, all) =>
        {
            index.Add(new Shapes(dimensions, 1).Clean(all.Count));
            for (var i = 0; i < count / 2; i++)
            {
                index.Update(i, all[i]);
            }
        });
    }

    private static void OneByOne(VectorIndex index, VectorMatrix vectors) => FirstAtOnce(index, vectors, 0);

    private static void FirstAtOnce(VectorIndex index, VectorMatrix vectors, int first)
    {
        if (first > 0)
        {
            index.Add(Slice(vectors, 0, first));
        }

        for (var i = first; i < vectors.Count; i++)
        {
            index.Add(vectors[i]);
        }
    }

    private static VectorMatrix Slice(VectorMatrix vectors, int from, int to) =>
        new(vectors.AsSpan()[(from * vectors.Dimensions)..(to * vectors.Dimensions)].ToArray(), vectors.Dimensions);

    private static VectorMatrix Scaled(VectorMatrix vectors, float factor)
    {
        foreach (ref var value in vectors.AsSpan())
        {
            value *= factor;
        }

        return vectors;
    }

    private static VectorMatrix Towering(VectorMatrix vectors)
    {
        for (var i = 0; i < vectors.Count; i++)
        {
            vectors[i][^1] *= 1e4f;
        }

        return vectors;
    }

    private static void Far(Span<float> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = (0.1f * row[j]) + (j % 2 == 0 ? 1000 : -1000);
        }
    }

    private static string Named(double share, int count) => share * count <= 100 ? $"{share * count:0}" : $"{share:0 %}";

    // One query in ten is changed in the same way.
    private static Case Spoil(string name, int count, int dimensions, double share, Action<Random, Span<float>> change)
    {
        var (shapes, others) = (new Shapes(dimensions, 1), new Shapes(dimensions, 2));
        return new(name, shapes.Replace(shapes.Clean(count), share, change), others.Replace(
            others.Clean(Queries), (double)Spoilt / Queries, change));
    }

    private static Case Both(string name, int count, int dimensions, Func<Shapes, int, VectorMatrix> make) =>
        new(name, make(new Shapes(dimensions, 1), count), make(new Shapes(dimensions, 2), Queries));

    // Stored vectors, and new ones.
    private static VectorMatrix QueriesOf(VectorMatrix vectors, int dimensions)
    {
        var queries = new Shapes(dimensions, 2).Clean(Queries);
        var random = new Random(3);
        for (var i = 0; i < Queries; i += 2)
        {
            vectors[random.Next(vectors.Count)].CopyTo(queries[i]);
        }

        return queries;
    }
}

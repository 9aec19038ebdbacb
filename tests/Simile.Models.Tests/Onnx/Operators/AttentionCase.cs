using Simile.Models.Onnx.Operators;

namespace Simile.Models.Tests.Onnx.Operators;

/// <summary>One head of attention: by the kernels, and by its formula.</summary>
internal sealed unsafe record AttentionCase(float[] Queries, float[] Keys, float[] Values, int Size)
{
    private const float Factor = .37f;

    public int[]? Mask { get; init; }

    public float[]? Added { get; init; }

    public bool Causal { get; init; }

    private int QueryCount => Queries.Length / Size;

    private int KeyCount => Keys.Length / Size;

    public static AttentionCase Random(Random random, int queries, int keys, int size) =>
        new(Numbers(random, queries * size), Numbers(random, keys * size), Numbers(random, keys * size), size);

    public float[] Run(LaneKernels kernels)
    {
        var buffers = new AttentionBuffers(QueryCount, KeyCount, Size, Size);
        var memory = new float[buffers.Floats];
        Array.Fill(memory, float.NaN); // what a rented array holds is anything
        fixed (float* start = memory, queries = Queries, keys = Keys, values = Values, added = Added)
        {
            fixed (int* mask = Mask)
            {
                var head = buffers.Place(start) with { Factor = Factor, Causal = Causal };
                head.Mask = mask;
                head.Added = added;
                head.FillQueries(new RowInputs(queries, null, null, Size), 0, 0);
                head.FillKeys(new RowInputs(keys, null, null, Size), new RowInputs(values, null, null, Size), 0, 0);
                kernels.Attend(head);
                return new Span<float>(head.Result, QueryCount * Size).ToArray();
            }
        }
    }

    public double[] Formula()
    {
        var result = new double[Queries.Length];
        for (var q = 0; q < QueryCount; q++)
        {
            var scores = Enumerable.Range(0, KeyCount).Select(k => Score(q, k)).ToArray();
            var greatest = scores.Max();
            var weights = scores.Select(s => Math.Exp(s - greatest)).ToArray();
            for (var i = 0; i < Size; i++)
            {
                result[(q * Size) + i] = Enumerable.Range(0, KeyCount).Sum(k => weights[k] * Values[(k * Size) + i]) / weights.Sum();
            }
        }

        return result;
    }

    private double Score(int query, int key) =>
        Causal && key > query ? double.NegativeInfinity
        : Mask is not null && Mask[key] == 0 ? float.MinValue
        : (Factor * Enumerable.Range(0, Size).Sum(i => (double)Queries[(query * Size) + i] * Keys[(key * Size) + i]))
            + (Added is null ? 0 : Added[(query * KeyCount) + key]);

    private static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];
}

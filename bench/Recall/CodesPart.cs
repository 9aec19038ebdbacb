using Simile.Index;
using Simile.Index.Quantization;
using Simile.Numerics;

/// <summary>
/// The public quantizers: recall@10 of a scan of codes, with and without rescoring the 100 best by floats, and the bytes per code.
/// </summary>
internal static class CodesPart
{
    private const int Rescored = 100;

    /// <summary>Encodes vectors, and creates a query's scorer of codes.</summary>
    private sealed record Quantizer(string Name, int Bytes, Action<float[], byte[]> Encode, Func<float[], Func<byte[], float>> Scorer);

    public static void Run(Options options)
    {
        Console.WriteLine("| set | quantizer | bytes | recall@10 | of the 100 best |\n|---|---|---|---|---|");
        foreach (var set in options.Sets.Select(name => new DataSet(options.Folder, name, options.Queries)))
        {
            foreach (var quantizer in Quantizers(set))
            {
                var (alone, rescored) = Recall(set, quantizer);
                Console.WriteLine($"| {set.Name} | {quantizer.Name} | {quantizer.Bytes} | {alone:F4} | {rescored:F4} |");
            }
        }
    }

    private static IEnumerable<Quantizer> Quantizers(DataSet set)
    {
        foreach (var bits in new[] { 8, 4 })
        {
            foreach (var ranges in Enum.GetValues<ScalarRanges>())
            {
                var scalar = ScalarQuantizer.Train(set.Base, new ScalarQuantizerOptions { Bits = bits, Ranges = ranges });
                yield return new(
                    $"ScalarQuantizer, {bits} bits, {ranges}", scalar.CodeBytes, (vector, code) => scalar.Encode(vector, code), query =>
                    {
                        var prepared = new float[scalar.PreparedLength];
                        scalar.Prepare(set.Metric, query, prepared);
                        return code => scalar.Score(prepared, code);
                    });
            }
        }

        foreach (var divisor in new[] { 2, 4, 8 })
        {
            var options = new ProductQuantizerOptions { Subspaces = set.Base.Dimensions / divisor, Rotation = ProductRotation.Balanced };
            var product = ProductQuantizer.Train(set.Base, options);
            yield return new(
                $"ProductQuantizer, {options.Subspaces} × 8 bits, turned",
                product.CodeBytes,
                (vector, code) => product.Encode(vector, code),
                query =>
                {
                    var tables = new float[product.TableLength];
                    product.FillTables(set.Metric, query, tables);
                    return code => product.Score(tables, code);
                });
        }

        var rabit = RaBitQuantizer.Train(set.Base, set.Metric);
        yield return new("RaBitQuantizer", rabit.CodeBytes, (vector, code) => rabit.Encode(vector, code), query =>
        {
            var tables = new float[rabit.TableLength];
            rabit.FillTables(query, tables);
            return code => rabit.Score(tables, code);
        });
        foreach (var rotate in new[] { true, false })
        {
            var binary = BinaryQuantizer.Train(set.Base, new BinaryQuantizerOptions { Rotate = rotate });
            yield return new(
                $"BinaryQuantizer{(rotate ? ", turned" : "")}", binary.CodeBytes, (vector, code) => binary.Encode(vector, code), query =>
                {
                    var tables = new float[binary.TableLength];
                    binary.FillTables(set.Metric, query, tables);
                    return code => binary.Score(tables, code);
                });
        }
    }

    private static (double Alone, double Rescored) Recall(DataSet set, Quantizer quantizer)
    {
        var codes = new byte[set.Base.Count][];
        Parallel.For(0, codes.Length, i => quantizer.Encode(set.Base[i].ToArray(), codes[i] = new byte[quantizer.Bytes]));
        var (alone, rescored) = (0, 0);
        Parallel.For(0, set.Queries.Count, i =>
        {
            var (query, truth) = (set.Queries[i].ToArray(), set.Truth[i][..DataSet.K]);
            var score = quantizer.Scorer(query);
            var best = new PriorityQueue<int, float>();
            for (var id = 0; id < codes.Length; id++)
            {
                var found = score(codes[id]);
                if (best.Count < Rescored)
                {
                    best.Enqueue(id, found);
                }
                else
                {
                    best.EnqueueDequeue(id, found);
                }
            }

            int[] ids = [.. best.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
            Interlocked.Add(ref alone, ids.Take(DataSet.K).Intersect(truth).Count());
            Interlocked.Add(ref rescored, ids.Intersect(truth).Count());
        });
        var wanted = (double)DataSet.K * set.Queries.Count;
        return (alone / wanted, rescored / wanted);
    }
}

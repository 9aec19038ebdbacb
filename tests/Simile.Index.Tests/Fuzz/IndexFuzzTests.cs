using System.Buffers.Binary;
using Simile.Index.Format;
using Simile.Numerics;
using Simile.Numerics.Files;
using Simile.Testing;
using static Simile.Index.Format.IndexFileLayout;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Fuzz;

/// <summary>
/// Index files that were changed at random: what comes is answers or one sentence, in bounded memory. Also where the checksums are right,
/// as in a file that somebody made on purpose: a mistake there ends the process.
/// </summary>
public class IndexFuzzTests
{
    private const int Rounds = 150;
    private const int Dimensions = 24;

    [Fact]
    public void A_changed_file_is_refused_in_a_sentence() => Each((name, good, path) =>
    {
        foreach (var seed in Effort.Rounds(Rounds))
        {
            var changed = Mutation.Of(good, good, new Random(seed));
            File.WriteAllBytes(path, changed);
            var e = Record.Exception(() => VectorIndex.Open(path).Dispose());
            Assert.True(e is InvalidDataException || (e is null && IsSameWhereItCounts(good, changed)), $"{name}, seed {seed}: {e}");
        }
    });

    [Fact]
    public void One_whose_checksums_are_right_does_no_harm() => OwnProcess.Run(typeof(IndexFuzzTests), () => Each((name, good, path) =>
    {
        foreach (var seed in Effort.Rounds(Rounds))
        {
            var random = new Random(seed);
            var changed = (byte[])good.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(changed, random);
            }

            Sign(changed);
            File.WriteAllBytes(path, changed);
            try
            {
                IndexFile.CopiedBytes = seed % 2 == 0 ? 0 : 1 << 26;
                Use(path, changed.Length);
            }
            catch (InvalidDataException)
            {
            }
            catch (ArgumentException)
            {
                // A vector that is NaN is no ground for codes.
            }
            catch (Exception e)
            {
                var kept = Path.Combine(Path.GetTempPath(), $"simile-fuzz-index-{name}-{seed}");
                File.WriteAllBytes(kept, changed);
                throw new InvalidOperationException($"{name}, seed {seed} (kept as {kept}): {e}", e);
            }
        }
    }));

    private static void Use(string path, int length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var index = Open(path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (16 << 20) + (32L * length));
        Assert.InRange(index.MemoryBytes, 0, (16 << 20) + (8L * length));
        Look(index);
        if (index.IdLimit < 1_000_000)
        {
            index.Add(Vectors(3, index.Dimensions, 8));
            index.Remove(0);
            index.Add(Vectors(1, index.Dimensions, 9)[0]);
            Look(index);
            index.Save(path);
            using var again = VectorIndex.Open(path);
            Assert.Equal(index.Count, again.Count);
        }
    }

    private static VectorIndex Open(string path)
    {
        try
        {
            return VectorIndex.Open(path);
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException("Opening a file is no call with an argument.", e);
        }
    }

    private static void Look(VectorIndex index)
    {
        foreach (var query in new[] { Vectors(1, index.Dimensions, 3)[0].ToArray(), new float[index.Dimensions] })
        {
            foreach (var hits in new[]
            {
                index.Search(query, 10),
                index.SearchRange(query, float.NegativeInfinity),
                index.Search(new VectorMatrix(query, index.Dimensions), 3)[0],
            })
            {
                Assert.Equal(hits.Length, hits.DistinctBy(hit => hit.Id).Count());
                Assert.All(hits, hit => Assert.True(index.Contains(hit.Id) && !float.IsNaN(hit.Score), $"id {hit.Id}, score {hit.Score}"));
            }
        }
    }

    // Numbers of a section: most often one of the first, which say how many there are.
    private static void Change(byte[] bytes, Random random)
    {
        var sections = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(SectionsAt));
        var entry = bytes.AsSpan(DirectoryAt + (random.Next(sections) * EntryBytes), EntryBytes);
        var (offset, length) = ((int)BinaryPrimitives.ReadInt64LittleEndian(entry[EntryOffsetAt..]),
            (int)BinaryPrimitives.ReadInt64LittleEndian(entry[EntryLengthAt..]));
        if (length < sizeof(int))
        {
            return;
        }

        var at = offset + (random.Next((random.Next(2) == 0 ? Math.Min(length, 64) : length) / sizeof(int)) * sizeof(int));
        int[] numbers =
        [
            0, 1, -1, -2, 2, 7, 255, 65535, 65536, 100_000_000, int.MaxValue, int.MinValue, BitConverter.SingleToInt32Bits(float.NaN),
            BitConverter.SingleToInt32Bits(float.PositiveInfinity),
        ];
        var old = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        BinaryPrimitives.WriteInt32LittleEndian(
            bytes.AsSpan(at),
            random.Next(3) switch { 0 => old + random.Next(-2, 3), 1 => random.Next(300), _ => numbers[random.Next(numbers.Length)] });
    }

    // Gives the file the checksums of what it holds.
    private static void Sign(byte[] bytes)
    {
        var table = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(TableOffsetAt));
        var at = table;
        for (var i = 0; i < BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(SectionsAt)); i++)
        {
            var entry = bytes.AsSpan(DirectoryAt + (i * EntryBytes), EntryBytes);
            var (offset, length) = ((int)BinaryPrimitives.ReadInt64LittleEndian(entry[EntryOffsetAt..]),
                (int)BinaryPrimitives.ReadInt64LittleEndian(entry[EntryLengthAt..]));
            for (var from = 0; from < length; from += BlockBytes, at += sizeof(uint))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(
                    bytes.AsSpan(at), Crc32C.Of(bytes.AsSpan(offset + from, Math.Min(BlockBytes, length - from))));
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(TableChecksumAt), Crc32C.Of(bytes.AsSpan(table)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), Crc32C.Of(bytes.AsSpan(LengthAt, PageBytes - LengthAt)));
    }

    // Zeros between sections do not count.
    private static bool IsSameWhereItCounts(byte[] good, byte[] changed)
    {
        var signed = (byte[])changed.Clone();
        return good.Length == changed.Length
            && Enumerable.Range(0, good.Length).All(i => good[i] == signed[i] || (good[i] == 0 && i >= PageBytes));
    }

    private static void Each(Action<string, byte[], string> fuzz)
    {
        var folder = Assets.NewFolder();
        try
        {
            var path = Path.Combine(folder, "x.simi");
            foreach (var (name, index) in Indexes())
            {
                using (index)
                {
                    // Equal vectors, removed ones, ids that lie apart.
                    index.Add(Vectors(400, Dimensions, 1, index.Metric));
                    index.Add(new VectorMatrix(new float[5 * Dimensions], Dimensions));
                    for (var id = 0; id < 60; id += 3)
                    {
                        index.Remove(id);
                    }

                    index.Save(path);
                }

                fuzz(name, File.ReadAllBytes(path), path);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, VectorIndex Index)> Indexes()
    {
        yield return ("flat", new FlatIndex(Metric.Cosine, Dimensions));
        yield return ("flat-int8", new FlatIndex(Metric.L2, Dimensions, new FlatOptions { Rows = RowType.Int8 }));
        yield return ("flat-bits", new FlatIndex(Metric.Hamming, Dimensions, new FlatOptions { Rows = RowType.Binary }));
        yield return ("hnsw", new HnswIndex(Metric.L2, Dimensions));
        yield return ("hnsw-codes", new HnswIndex(Metric.Dot, Dimensions, new HnswOptions { CodesFrom = 100, CodeDimensions = 8 }));
        yield return ("ivf", new IvfIndex(Metric.L2, Dimensions, new IvfOptions { TrainFrom = 100 }));
        yield return ("ivf-flat", new IvfIndex(Metric.Dot, Dimensions));
    }
}

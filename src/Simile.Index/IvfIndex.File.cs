using System.Runtime.InteropServices;
using Simile.Index.Codes;
using Simile.Index.Format;
using Simile.Index.Ivf;
using Simile.Index.Quantization;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Saving and opening (docs/formats/index.md).</content>
public sealed unsafe partial class IvfIndex
{
    private IvfIndex(IndexFile file, Head head)
        : this(file.Metric, file.Dimensions, head.Options)
    {
        _file = file;
        (_limit, _count) = ((int)head.Limit, (int)head.Count);
        var places = file.Section("places");
        _listOf = new ReadOnlySpan<int>(places.Values<int>(_limit), _limit).ToArray();
        for (var id = 0; id < _limit; id++)
        {
            if (_listOf[id] == Free)
            {
                _free.Add(id);
            }
        }

        _rows = ReadRows(file);
        _gate.Watched = file;

        _partition = head.Lists == 0 ? null : ReadPartition(file, head);
        if (_limit - _free.Count != _count || (_partition is null && _listOf.AsSpan().ContainsAnyExcept(0, Free)))
        {
            throw file.Damaged("is damaged in section places");
        }

        _nprobe = head.NProbe == 0 ? null : (int)head.NProbe;
        Rescore = (int)head.Rescore;
        if (file.Has("ivf-check"))
        {
            var check = file.Section("ivf-check").Values<int>(2);
            (_leastProbe, _scans) = (Math.Max(0, check[0]), check[1] == 1);
        }
    }

    private protected override IndexKind Kind => IndexKind.Ivf;

    internal static IvfIndex Read(IndexFile file)
    {
        var head = *file.Section("ivf").Values<Head>(1);
        if (head.Limit > int.MaxValue || head.Count > head.Limit || head.Lists > head.Count
            || head.Subspaces > file.Dimensions || (head.Lists > 0 && head.Subspaces == 0)
            || head.NProbe > int.MaxValue || head.Rescore is 0 or > int.MaxValue || head.TrainedOn > int.MaxValue)
        {
            throw file.Damaged("is damaged in section ivf");
        }

        try
        {
            return new IvfIndex(file, head);
        }
        catch (ArgumentException)
        {
            throw file.Damaged("is damaged in section ivf");
        }
    }

    private protected override void WriteSections(IndexFileWriter writer)
    {
        using var change = Change();
        writer.Section<Head>("ivf", SectionRole.Structure, [new Head(this)]);
        writer.Section<int>("places", SectionRole.Structure, _listOf.AsSpan(0, _limit));
        writer.Begin(_free.Count == 0 ? "rows" : "held-rows", SectionRole.Values);
        foreach (var id in HeldIds())
        {
            writer.Write<float>(_rows.Row(id));
        }

        if (_partition is not null)
        {
            Write(_partition, writer);
            writer.Section<int>("ivf-check", SectionRole.Structure, [_leastProbe, _scans ? 1 : 0]);
        }
    }

    private static void Write(IvfPartition partition, IndexFileWriter writer)
    {
        if (partition.Axes is { } axes)
        {
            writer.Section<float>("mean", SectionRole.Values, axes.Mean);
            writer.Section<float>("axes", SectionRole.Values, axes.Axes.AsSpan());
        }

        writer.Section<float>("centroids", SectionRole.Values, partition.Centroids.AsSpan());
        writer.Section("codebook", SectionRole.Values, partition.Quantizer.Components);
        writer.Section<int>("list-counts", SectionRole.Structure, [.. partition.Lists.Select(list => list.Count)]);
        writer.Begin("list-ids", SectionRole.Structure);
        Array.ForEach(partition.Lists, list => WritePadded(writer, new ReadOnlySpan<int>(list.Ids, list.Count)));
        writer.Begin("list-terms", SectionRole.Values);
        Array.ForEach(partition.Lists, list => WritePadded(writer, new ReadOnlySpan<float>(list.Terms, list.Count)));
        writer.Begin("list-codes", SectionRole.Values);
        Array.ForEach(partition.Lists, list => writer.Write(new ReadOnlySpan<byte>(list.Codes, Blocks(list.Count) * partition.BlockBytes)));
    }

    // Blocks are complete in the file, as they are in memory.
    private static void WritePadded<T>(IndexFileWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values);
        writer.Write<T>(new T[(Blocks(values.Length) * FastScan.BlockRows) - values.Length]);
    }

    private static int Blocks(int count) => (count + FastScan.BlockRows - 1) / FastScan.BlockRows;

    // Files of earlier versions also have a row for each free id.
    private RowStore ReadRows(IndexFile file)
    {
        if (!file.Has("held-rows"))
        {
            return new RowStore(Dimensions, file.Section("rows").Values<float>((long)_limit * Dimensions), _limit, null);
        }

        var (rowOf, held) = (new int[_limit], 0);
        for (var id = 0; id < _limit; id++)
        {
            rowOf[id] = _listOf[id] == Free ? 0 : held++;
        }

        return new RowStore(Dimensions, file.Section("held-rows").Values<float>((long)held * Dimensions), held, rowOf);
    }

    private IvfPartition ReadPartition(IndexFile file, Head head)
    {
        var (lists, subspaces) = ((int)head.Lists, (int)head.Subspaces);
        var centroids = ReadCentroids(file, lists);
        var width = centroids.Dimensions;
        if (subspaces > width)
        {
            throw file.Damaged("is damaged in section ivf");
        }

        var components = width * 16;
        var quantizer = ProductQuantizer.Of(
            width, subspaces, new ReadOnlySpan<float>(file.Section("codebook").Values<float>(components), components));
        var partition = new IvfPartition(ReadAxes(file, width), centroids, quantizer, Metric, (int)head.TrainedOn);
        var counts = new ReadOnlySpan<int>(file.Section("list-counts").Values<int>(lists), lists);
        var blocks = 0L;
        foreach (var count in counts)
        {
            blocks += count >= 0 && count <= _count ? Blocks(count) : throw file.Damaged("is damaged in section list-counts");
        }

        var ids = file.Section("list-ids").Values<int>(blocks * FastScan.BlockRows);
        var terms = file.Section("list-terms").Values<float>(blocks * FastScan.BlockRows);
        var codes = file.Section("list-codes").Values<byte>(blocks * partition.BlockBytes);
        for (var c = 0; c < lists; c++)
        {
            partition.Lists[c] = new IvfList(partition.BlockBytes, counts[c], codes, ids, terms);
            codes += Blocks(counts[c]) * partition.BlockBytes;
            ids += Blocks(counts[c]) * FastScan.BlockRows;
            terms += Blocks(counts[c]) * FastScan.BlockRows;
        }

        CheckPlaces(partition, file);
        return partition;
    }

    // Its width follows from the section's length: less than the dimensions if there are axes.
    private VectorMatrix ReadCentroids(IndexFile file, int lists)
    {
        var width = file.Section("centroids").Length / sizeof(float) / lists;
        return width >= 1 && width <= Dimensions
            ? ReadMatrix(file, "centroids", lists, (int)width)
            : throw file.Damaged("is damaged in section centroids");
    }

    private PrincipalAxes? ReadAxes(IndexFile file, int width) => width == Dimensions
        ? null
        : new PrincipalAxes(ReadMatrix(file, "mean", 1, Dimensions).AsSpan().ToArray(), ReadMatrix(file, "axes", width, Dimensions), []);

    private static VectorMatrix ReadMatrix(IndexFile file, string name, int rows, int columns)
    {
        var numbers = file.Section(name).Values<float>((long)rows * columns);
        var matrix = new VectorMatrix(rows, columns);
        new ReadOnlySpan<float>(numbers, rows * columns).CopyTo(matrix.AsSpan());
        return matrix;
    }

    // Checks that every vector is in its list exactly once.
    private void CheckPlaces(IvfPartition partition, IndexFile file)
    {
        var seen = new IdFilter(_limit);
        for (var c = 0; c < partition.Lists.Length; c++)
        {
            foreach (var id in new ReadOnlySpan<int>(partition.Lists[c].Ids, partition.Lists[c].Count))
            {
                if ((uint)id >= (uint)_limit || _listOf[id] != c || seen.Allows(id))
                {
                    throw file.Damaged("is damaged in section list-ids");
                }

                seen.Allow(id);
            }
        }

        if (seen.Count != _count)
        {
            throw file.Damaged("is damaged in section list-ids");
        }
    }

    /// <summary>The content of section "ivf".</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Head
    {
        public readonly uint Limit;
        public readonly uint Count;
        public readonly uint Lists;
        public readonly uint Subspaces;
        public readonly uint TrainedOn;
        public readonly uint NProbe;
        public readonly uint Rescore;
        private readonly int _nlist;
        private readonly int _subspaces;
        private readonly int _iterations;
        private readonly int _trainingVectors;
        private readonly int _trainFrom;
        private readonly int _seed;

        public Head(IvfIndex index)
        {
            (Limit, Count, Lists) = ((uint)index._limit, (uint)index._count, (uint)index.NList);
            (Subspaces, TrainedOn) = ((uint)(index._partition?.Quantizer.Subspaces ?? 0), (uint)(index._partition?.TrainedOn ?? 0));
            (NProbe, Rescore) = ((uint)(index._nprobe ?? 0), (uint)index.Rescore);
            var options = index._options;
            (_nlist, _subspaces) = (options.NList ?? 0, options.Subspaces ?? 0);
            (_iterations, _trainingVectors, _trainFrom, _seed) =
                (options.Iterations, options.TrainingVectors, options.TrainFrom, options.Seed);
        }

        public IvfOptions Options => new()
        {
            NList = _nlist == 0 ? null : _nlist,
            Subspaces = _subspaces == 0 ? null : _subspaces,
            Iterations = _iterations,
            TrainingVectors = _trainingVectors,
            TrainFrom = _trainFrom,
            Seed = _seed,
        };
    }
}

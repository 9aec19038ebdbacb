using System.Runtime.InteropServices;
using Simile.Index.Codes;
using Simile.Index.Format;
using Simile.Index.Hnsw;
using Simile.Index.Memory;
using Simile.Numerics;

namespace Simile.Index;

/// <content>Index files: docs/formats/index.md.</content>
public sealed partial class HnswIndex
{
    private IndexFile? _file;

    private protected override IndexKind Kind => IndexKind.Hnsw;

    private protected override void WriteSections(IndexFileWriter writer)
    {
        lock (_writer)
        {
            if (_tombstones.Count > 0)
            {
                Consolidate();
            }

            WriteHeader(writer);
            WriteGraph(writer);
            if (_graph.Codes is { } codes)
            {
                writer.Section("hnsw/mean", SectionRole.Values, new ReadOnlySpan<float>(codes.Axes.Mean));
                writer.Section<float>("hnsw/axes", SectionRole.Values, codes.Axes.Axes.AsSpan());
                writer.Section("hnsw/variance", SectionRole.Values, new ReadOnlySpan<float>(codes.Axes.Variance));
                writer.Section("hnsw/ranges", SectionRole.Values, codes.Ranges);
            }
        }
    }

    private void WriteHeader(IndexFileWriter writer)
    {
        var layout = _graph.Codes?.Layout ?? default;
        writer.Section("hnsw/header", SectionRole.Structure, MemoryMarshal.AsBytes(
        [
            new HnswHeader
            {
                M = _options.M,
                EfConstruction = _options.EfConstruction,
                Ef = Ef,
                Seed = _options.Seed,
                Codes = (int)_options.Codes,
                Used = _graph.Used,
                IdLimit = _idLimit,
                TrainedOn = _trainedOn,
                Longest = _longest,
                RowsInBytes = _graph.Rows.InBytes ? 1 : 0,
                Axes = _graph.Codes?.Axes.Count ?? 0,
                Lines = layout.Lines,
                Wide = layout.Wide,
                Narrow = layout.Narrow,
            },
        ]));
    }

    private void WriteGraph(IndexFileWriter writer)
    {
        var used = _graph.Used;
        writer.Section("hnsw/entries", SectionRole.Structure, new ReadOnlySpan<int>(_graph.Entries));
        Write(writer, "hnsw/ids", SectionRole.Structure, _graph.Ids, used);
        using (var packed = _graph.Links.Grown(used, used))
        {
            writer.Begin("hnsw/links", SectionRole.Structure);
            packed.Write(writer);
        }

        writer.Begin("hnsw/rows", SectionRole.Values);
        _graph.Rows.Write(writer, used);
        if (_graph.Tails is { } tails)
        {
            Write(writer, "hnsw/tails", SectionRole.Values, tails, used);
        }

        if (_graph.Codes is { } codes)
        {
            Write(writer, "hnsw/codes", SectionRole.Values, _graph.Lines!, (long)used * codes.Layout.Bytes);
        }
    }

    private static void Write<T>(IndexFileWriter writer, string name, SectionRole role, NativeArray<T> values, long count)
        where T : unmanaged
    {
        writer.Begin(name, role);
        values.Write(writer, count);
    }

    /// <summary>Sees a file as an index, which owns it from then on.</summary>
    internal static unsafe HnswIndex Read(IndexFile file)
    {
        var header = *file.Section("hnsw/header").Values<HnswHeader>(1);
        header.Check(file);
        var options = new HnswOptions { M = header.M, EfConstruction = header.EfConstruction, Ef = header.Ef, Seed = header.Seed, Codes = (HnswCodes)header.Codes };
        var index = new HnswIndex(file.Metric, file.Dimensions, options);
        index._graph = ReadGraph(file, header);
        index._idLimit = header.IdLimit;
        index._trainedOn = header.TrainedOn;
        index._longest = header.Longest;
        index.ReadIds(file);
        index._file = file;
        return index;
    }

    private static unsafe Graph ReadGraph(IndexFile file, HnswHeader header)
    {
        var used = header.Used;
        var links = new Links(used, 2 * header.M, file.Section("hnsw/links"));
        if (!links.AllBelow(used))
        {
            throw file.Damaged("has a link to a vector that it does not hold");
        }

        var codes = header.Lines > 0 ? ReadCodes(file, header) : null;
        var entries = file.Section("hnsw/entries");
        return new Graph
        {
            Rows = new VectorRows(file.Metric, file.Dimensions, used, header.RowsInBytes != 0, file.Section("hnsw/rows")),
            Links = links,
            Ids = new NativeArray<int>(file.Section("hnsw/ids").Values<int>(used), used),
            Tails = file.Metric == Metric.Dot ? new NativeArray<float>(file.Section("hnsw/tails").Values<float>(used), used) : null,
            Codes = codes,
            Lines = codes is null ? null : Mapped<byte>(file, "hnsw/codes", (long)used * codes.Layout.Bytes),
            Entries = entries.Slice<int>(0, (int)Math.Min(int.MaxValue, entries.Length / sizeof(int))).ToArray(),
            Used = used,
        };
    }

    private static PrincipalCodes ReadCodes(IndexFile file, HnswHeader header)
    {
        var layout = new CodeLayout(header.Lines, header.Wide, header.Narrow);
        var mean = file.Section("hnsw/mean").Slice<float>(0, file.Dimensions).ToArray();
        var axes = file.Section("hnsw/axes").Slice<float>(0, checked(header.Axes * file.Dimensions)).ToArray();
        var variance = file.Section("hnsw/variance").Slice<float>(0, header.Axes + 1).ToArray();
        var ranges = file.Section("hnsw/ranges").Slice<float>(0, layout.Coordinates).ToArray();
        return new PrincipalCodes(new PrincipalAxes(mean, new VectorMatrix(axes, file.Dimensions), variance), layout, ranges, file.Metric);
    }

    private static unsafe NativeArray<T> Mapped<T>(IndexFile file, string section, long count)
        where T : unmanaged => new(file.Section(section).Values<T>(count), count);

    private void ReadIds(IndexFile file)
    {
        _slots = new int[_idLimit];
        _slots.AsSpan().Fill(NoSlot);
        for (var slot = 0; slot < _graph.Used; slot++)
        {
            var id = _graph.Ids[slot];
            if (id == Graph.NoId)
            {
                _freeSlots.Add(slot);
                continue;
            }

            if ((uint)id >= (uint)_idLimit || _slots[id] != NoSlot)
            {
                throw file.Damaged("gives an id twice, or one beyond its last");
            }

            _slots[id] = slot;
            _count++;
        }

        for (var id = 0; id < _idLimit; id++)
        {
            if (_slots[id] == NoSlot)
            {
                _freeIds.Add(id);
            }
        }

        if (_graph.Entries.Any(slot => (uint)slot >= (uint)_graph.Used) || (_graph.Entries.Length == 0 && _count > 0))
        {
            throw file.Damaged("begins searches at a vector that it does not hold");
        }
    }
}

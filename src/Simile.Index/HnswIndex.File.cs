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
        using var writing = Write();
        if (_tombstones.Count > 0)
        {
            Consolidate();
        }

        WriteHeader(writer);
        WriteGraph(writer);
        _nearness?.Write(writer);
        if (_graph.Codes is { } codes)
        {
            writer.Section("hnsw/mean", SectionRole.Values, new ReadOnlySpan<float>(codes.Axes.Mean));
            writer.Section<float>("hnsw/axes", SectionRole.Values, codes.Axes.Axes.AsSpan());
            writer.Section("hnsw/variance", SectionRole.Values, new ReadOnlySpan<float>(codes.Axes.Variance));
            writer.Section("hnsw/ranges", SectionRole.Values, codes.Ranges);
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
                IdLimit = _graph.Slots.Limit,
                TrainedOn = _trainedOn,
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
        WriteIds(writer);
        using (var packed = _graph.Links.Grown(used, used))
        {
            writer.Begin("hnsw/links", SectionRole.Structure);
            packed.Write(writer);
        }

        writer.Begin("hnsw/rows", SectionRole.Values);
        _graph.Rows.Write(writer, used);
        if (_scans)
        {
            writer.Section<int>("hnsw/scan", SectionRole.Structure, [1]);
        }

        if (_graph.Codes is { } codes)
        {
            writer.Section(
                "hnsw/apart", SectionRole.Structure, new ReadOnlySpan<int>(_graph.Scaled ? [.. _graph.Apart, -1] : _graph.Apart));
            Write(writer, "hnsw/lines", SectionRole.Values, _graph.CodeBytes!, (long)used * codes.Layout.Bytes);
        }
    }

    private void WriteIds(IndexFileWriter writer)
    {
        var (counts, ids) = (new int[_graph.Used], new List<int>(Count));
        for (var slot = 0; slot < counts.Length; slot++)
        {
            var word = _graph.Ids.Word(slot);
            var before = ids.Count;
            if (_graph.Ids.List(word) is { } list)
            {
                foreach (var id in list)
                {
                    ids.Add(id);
                }
            }
            else if (word != SlotIds.None)
            {
                ids.Add(word);
            }

            counts[slot] = ids.Count - before;
        }

        if (_graph.Ids.HasCopies)
        {
            writer.Section<int>("hnsw/id-counts", SectionRole.Structure, counts);
            writer.Section<int>("hnsw/id-lists", SectionRole.Structure, CollectionsMarshal.AsSpan(ids));
            return;
        }

        var at = 0;
        writer.Section<int>("hnsw/ids", SectionRole.Structure, [.. counts.Select(count => count == 0 ? SlotIds.None : ids[at++])]);
    }

    private static void Write<T>(IndexFileWriter writer, string name, SectionRole role, NativeArray<T> values, long count)
        where T : unmanaged
    {
        writer.Begin(name, role);
        values.Write(writer, count);
    }

    /// <summary>Opens a file as an index, which takes ownership of it.</summary>
    internal static unsafe HnswIndex Read(IndexFile file)
    {
        var header = *file.Section("hnsw/header").Values<HnswHeader>(1);
        header.Check(file);
        var options = new HnswOptions
        {
            M = header.M,
            EfConstruction = header.EfConstruction,
            Ef = header.Ef,
            Seed = header.Seed,
            Codes = (HnswCodes)header.Codes,
        };
        var index = new HnswIndex(file.Metric, file.Dimensions, options);
        index._graph = ReadGraph(file, header);
        index._trainedOn = header.TrainedOn;
        index._scans = file.Has("hnsw/scan");
        index._nearness = Nearness.Read(file);
        index.ReadIds(file, header.IdLimit);
        if (index._graph.Codes is not null && !file.Has("hnsw/lines"))
        {
            // In an older file the codes have another meaning.
            index.EncodeLines([.. Enumerable.Range(0, header.Used)]);
        }

        index._file = file;
        return index;
    }

    private static unsafe Graph ReadGraph(IndexFile file, HnswHeader header)
    {
        var used = header.Used;
        var links = new Links(used, 2 * header.M, file.Section("hnsw/links"));
        if (!links.AllBelow(used))
        {
            throw file.Damaged("has a link to a missing vector");
        }

        var codes = header.Lines > 0 ? ReadCodes(file, header) : null;
        var entries = file.Section("hnsw/entries");
        var apart = file.Has("hnsw/apart") ? Slots(file.Section("hnsw/apart")) : [];
        if (apart.Any(slot => slot < -1 || slot >= used))
        {
            throw file.Damaged("is damaged in section hnsw/apart");
        }

        return new Graph
        {
            Rows = new VectorRows(file.Metric, file.Dimensions, used, header.RowsInBytes != 0, file.Section("hnsw/rows")),
            Links = links,
            Ids = file.Has("hnsw/id-counts")
                ? new SlotIds(used)
                : new SlotIds(new NativeArray<int>(file.Section("hnsw/ids").Values<int>(used), used)),
            Slots = new SlotTable(),
            SquaredNorms = file.Metric == Metric.Dot ? new NativeArray<float>(used) : null,
            Codes = codes,
            CodeBytes = codes is null ? null : ReadLines(file, (long)used * codes.Layout.Bytes),
            Entries = Slots(entries),
            Apart = [.. apart.Where(slot => slot >= 0)],
            Scaled = apart.Contains(-1),
            Used = used,
        };
    }

    private static int[] Slots(IndexSection section) =>
        section.Slice<int>(0, (int)Math.Min(int.MaxValue, section.Length / sizeof(int))).ToArray();

    private static NativeArray<byte> ReadLines(IndexFile file, long bytes) =>
        file.Has("hnsw/lines") ? Mapped<byte>(file, "hnsw/lines", bytes) : new NativeArray<byte>(bytes);

    private static PrincipalCodes ReadCodes(IndexFile file, HnswHeader header)
    {
        var layout = new CodeLayout(header.Lines, header.Wide, header.Narrow);
        var mean = file.Section("hnsw/mean").Slice<float>(0, file.Dimensions).ToArray();
        var axes = file.Section("hnsw/axes").Slice<float>(0, checked(header.Axes * file.Dimensions)).ToArray();
        var variance = file.Section("hnsw/variance").Slice<float>(0, header.Axes + 1).ToArray();
        var ranges = file.Section("hnsw/ranges").Slice<float>(0, layout.Coordinates).ToArray();
        return new PrincipalCodes(new PrincipalAxes(mean, new VectorMatrix(axes, file.Dimensions), variance), layout, ranges, file.Metric);
    }

    private unsafe void ReadIdLists(IndexFile file)
    {
        var section = file.Section("hnsw/id-lists");
        var counts = new ReadOnlySpan<int>(file.Section("hnsw/id-counts").Values<int>(_graph.Used), _graph.Used);
        var total = section.Length / sizeof(int);
        var ids = section.Values<int>(total);
        var at = 0L;
        for (var slot = 0; slot < counts.Length; slot++)
        {
            if (counts[slot] < 0 || counts[slot] > total - at)
            {
                throw file.Damaged("is damaged in section hnsw/id-counts");
            }

            _graph.Ids.Read(slot, new ReadOnlySpan<int>(ids + at, counts[slot]));
            at += counts[slot];
        }
    }

    private void ReadId(IndexFile file, int slot, int word, int limit)
    {
        if (word == SlotIds.None)
        {
            _freeSlots.Add(slot);
            return;
        }

        var list = _graph.Ids.List(word);
        if (SlotIds.IsList(word) && list is null)
        {
            throw file.Damaged("is damaged in section hnsw/ids");
        }

        foreach (var id in list ?? new CopyIds([word]))
        {
            if ((uint)id >= (uint)limit || _graph.Slots[id] != SlotTable.NoSlot)
            {
                throw file.Damaged("has a duplicate id, or one above its limit");
            }

            _graph.Slots.Set(id, slot);
        }
    }

    private static unsafe NativeArray<T> Mapped<T>(IndexFile file, string section, long count)
        where T : unmanaged => new(file.Section(section).Values<T>(count), count);

    private void ReadIds(IndexFile file, int limit)
    {
        _graph.Slots.Reach(limit);
        if (file.Has("hnsw/id-counts"))
        {
            ReadIdLists(file);
        }

        for (var slot = 0; slot < _graph.Used; slot++)
        {
            ReadId(file, slot, _graph.Ids.Word(slot), limit);
        }

        if (_graph.Entries.Any(slot => (uint)slot >= (uint)_graph.Used) || (_graph.Entries.Length == 0 && Count > 0))
        {
            throw file.Damaged("has an entry at a missing vector");
        }
    }
}

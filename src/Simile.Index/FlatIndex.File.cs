using Simile.Index.Flat;
using Simile.Index.Format;

namespace Simile.Index;

/// <content>Index files: docs/formats/index.md.</content>
public sealed unsafe partial class FlatIndex
{
    private readonly IndexFile? _file;

    // The file's vectors are used in place until one changes; then all are copied.
    private FlatIndex(IndexFile file, FlatOptions options, RowIds ids, int count, bool codes)
        : base(file.Metric, file.Dimensions)
    {
        _options = options;
        _ids = ids;
        _rows = FlatRows.New(Metric, Dimensions, options.Rows);
        _rows.Map(file, count, codes);
        _file = file;
        _lock.Watched = file;
    }

    private protected override IndexKind Kind => IndexKind.Flat;

    /// <summary>Opens a file as an index, which takes ownership of it.</summary>
    internal static FlatIndex Read(IndexFile file)
    {
        var header = new ReadOnlySpan<int>(file.Section(FlatSections.Header).Values<int>(5), 5);
        var (type, count, codes, numbered) = ((RowType)header[0], header[1], header[2] != 0, header[3] != 0);
        var options = new FlatOptions { Rows = type, Codes = header[4] != 0 };
        if (count < 0)
        {
            throw file.Damaged($"holds {count} vectors");
        }

        try
        {
            options.Validate(file.Metric);
            return new FlatIndex(file, options, numbered ? new RowIds(count) : ReadIds(file, count), count, codes);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw file.Damaged($"makes no sense ({e.Message.TrimEnd('.')})");
        }
    }

    private protected override void WriteSections(IndexFileWriter writer)
    {
        using var reading = _lock.Read();
        var codes = _rows is NumberRows { Codes: not null };
        writer.Section<int>(
            FlatSections.Header,
            SectionRole.Structure,
            [(int)_options.Rows, Count, codes ? 1 : 0, _ids.AreRows ? 1 : 0, _options.Codes ? 1 : 0]);
        if (!_ids.AreRows)
        {
            writer.Section(FlatSections.Ids, SectionRole.Structure, _ids.Ids);
            writer.Section(FlatSections.Free, SectionRole.Structure, _ids.Free);
        }

        _rows.Save(writer, Count);
    }

    private static RowIds ReadIds(IndexFile file, int count)
    {
        var free = file.Section(FlatSections.Free);
        return new RowIds(
            file.Section(FlatSections.Ids).Slice<int>(0, count), free.Slice<int>(0, checked((int)(free.Length / sizeof(int)))));
    }
}

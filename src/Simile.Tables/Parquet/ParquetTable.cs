using global::Parquet;
using global::Parquet.Schema;

namespace Simile.Tables;

/// <summary>The non-nested columns of a Parquet file, one row group at a time; lists and structs are ignored.</summary>
internal sealed class ParquetTable : TableReader
{
    public ParquetTable(string path)
        : base(path) => Columns = ParquetFile.Read(path, reader => Fields(reader).Select(field => field.Name).ToArray());

    public override IEnumerable<string?[]> Rows()
    {
        var groups = ParquetFile.Read(Path, reader => reader.RowGroupCount);
        for (var group = 0; group < groups; group++)
        {
            var columns = ParquetFile.Read(Path, reader => GroupOf(reader, group));
            for (var row = 0; row < columns[0].Length; row++)
            {
                yield return Array.ConvertAll(columns, column => column[row]);
            }
        }
    }

    private static string?[][] GroupOf(ParquetReader reader, int index)
    {
        using var group = reader.OpenRowGroupReader(index);
        return [.. Fields(reader)
            .Select(field => ParquetColumn.ReadTexts(group, field, checked((int)group.RowCount), CancellationToken.None))];
    }

    private static IEnumerable<DataField> Fields(ParquetReader reader) =>
        reader.Schema.Fields.OfType<DataField>().Where(field => !field.IsArray);
}

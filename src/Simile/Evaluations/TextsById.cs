namespace Simile.Evaluations;

/// <summary>Reads texts with ids: BEIR's JSON lines, a table, or tab-separated lines.</summary>
internal static class TextsById
{
    private static readonly string[] IdColumns = ["_id", "id", "docno"];

    public static Dictionary<string, string> Read(string path, CancellationToken stop)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, text) in Entries(path))
        {
            stop.ThrowIfCancellationRequested();
            if (string.IsNullOrEmpty(id))
            {
                throw new InvalidDataException($"Text {texts.Count + 1} of {path} has no id: give it one.");
            }

            if (!texts.TryAdd(id, text))
            {
                throw new InvalidDataException($"The id {id} is twice in {path}: leave one text.");
            }
        }

        return texts.Count > 0 ? texts : throw new InvalidDataException($"{path} holds no texts.");
    }

    // Quotes are plain characters in the tab-separated files of MS MARCO, so these are not read as tables.
    private static IEnumerable<(string? Id, string Text)> Entries(string path) =>
        TableReader.IsTable(path) && Path.GetExtension(path).ToLowerInvariant() is not (".tsv" or ".tab") ? Table(path) : Lines(path);

    private static IEnumerable<(string? Id, string Text)> Table(string path)
    {
        using var table = TableReader.Open(path);
        var columns = table.Columns.ToList();
        var (id, title, text) = (columns.FindIndex(IdColumns.Contains), columns.IndexOf("title"), columns.IndexOf("text"));
        if (id < 0 || text < 0)
        {
            throw new InvalidDataException($"{path} needs the columns '_id' and 'text', and has {string.Join(", ", columns)}.");
        }

        foreach (var cells in table.Rows())
        {
            yield return (cells[id], $"{(title < 0 ? null : cells[title])} {cells[text]}".Trim());
        }

        if (table.SkippedRows > 0)
        {
            throw new InvalidDataException($"{path} has {table.SkippedRows:N0} lines that cannot be read.");
        }
    }

    private static IEnumerable<(string? Id, string Text)> Lines(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var fields = line.Split('\t');
            if (line.Length == 0 || (number == 1 && IdColumns.Contains(fields[0])))
            {
                continue;
            }

            yield return fields.Length > 1 ? (fields[0], string.Join(' ', fields[1..]).Trim())
                : throw new InvalidDataException($"{path}, line {number}: an id and a text with a tab between are needed.");
        }
    }
}

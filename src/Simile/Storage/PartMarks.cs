using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Simile.Documents;

namespace Simile.Storage;

/// <summary>The starts of a document's parts in the table parts: a JSON array of [offset, kind, name].</summary>
internal static class PartMarks
{
    /// <summary>An SQL expression for the marks of the file in a query: null if it has none.</summary>
    public static string Column(SqliteConnection connection) =>
        Meta.HasChecks(connection)
            ? "(SELECT iif(content = simile_check(file, marks), marks, 'damaged') FROM parts WHERE file = files.id)"
            : "NULL";

    /// <summary>Stores the marks of a file.</summary>
    public static void Set(SqliteConnection connection, long file, IReadOnlyList<PartMark> parts)
    {
        Remove(connection, file);
        if (parts.Count > 0)
        {
            var marks = Write(parts);
            connection.Run("INSERT INTO parts (file, marks, content) VALUES ($0, $1, simile_check($0, $1))", file, marks);
        }
    }

    /// <summary>Deletes the marks of a file.</summary>
    public static void Remove(SqliteConnection connection, long file) => connection.Run("DELETE FROM parts WHERE file = $0", file);

    private static string Write(IReadOnlyList<PartMark> parts)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            foreach (var (start, place) in parts)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(start);
                writer.WriteStringValue(place.Kind);
                writer.WriteStringValue(place.Name);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>The part that contains an offset; null if there is none.</summary>
    /// <param name="marks">The value of the column; null for a file without parts.</param>
    /// <param name="offset">An offset in the text of the document.</param>
    /// <param name="store">The store, for error messages.</param>
    public static DocumentPlace? Find(string? marks, int offset, string store)
    {
        if (marks is null)
        {
            return null;
        }

        try
        {
            using var parts = JsonDocument.Parse(marks);
            DocumentPlace? place = null;
            foreach (var part in parts.RootElement.EnumerateArray())
            {
                if (part[0].GetInt32() > offset)
                {
                    break;
                }

                place = new DocumentPlace(part[1].GetString()!, part[2].GetString()!);
            }

            return place;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw StoreFailures.Damaged(store, "the parts of a document cannot be read", e);
        }
    }
}

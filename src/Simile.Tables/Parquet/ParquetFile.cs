using global::Parquet;
using global::Parquet.Schema;

namespace Simile.Tables;

/// <summary>Opens Parquet files; every error becomes an exception whose message is one sentence that starts with the path.</summary>
internal static class ParquetFile
{
    // Run-length encoding can store many values in few bytes; a greater ratio means that the header is wrong.
    private const long MostValuesPerByte = 4096;
    private const long AlwaysAllowed = 1 << 20;

    /// <summary>Runs a read of a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or uses features that are not supported.</exception>
    public static T Read<T>(string path, Func<ParquetReader, T> read)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            if (!ParquetFooter.IsWhole(file))
            {
                throw new InvalidDataException($"{path} is not a Parquet file, or it is damaged or truncated: its footer is not whole.");
            }

            var reader = ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
            try
            {
                RequirePlausible(reader, file.Length, path);
                return read(reader);
            }
            finally
            {
                reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or UnauthorizedAccessException)
            && !e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw Refused(path, e);
        }
    }

    /// <summary>The exception for an error of the Parquet library.</summary>
    public static InvalidDataException Refused(string path, Exception e) =>
        new($"{path} is not a readable Parquet file: it is damaged or truncated, or its compression or encoding is not supported.", e);

    /// <summary>Throws if the file claims more values than its bytes could hold, before memory is allocated for them.</summary>
    public static void RequirePlausible(ParquetReader reader, long bytes, string path)
    {
        var most = Math.Max(AlwaysAllowed, bytes * MostValuesPerByte);
        foreach (var group in reader.Metadata?.RowGroups ?? [])
        {
            foreach (var chunk in group.Columns)
            {
                if (chunk.MetaData is { } data && (data.NumValues < 0 || data.NumValues > most || data.TotalUncompressedSize > most * 8))
                {
                    throw new InvalidDataException($"{path} claims to hold {data.NumValues:N0} values in {bytes:N0} bytes: it is damaged.");
                }
            }

            if (group.NumRows < 0 || group.NumRows > most)
            {
                throw new InvalidDataException($"{path} claims to hold {group.NumRows:N0} rows in {bytes:N0} bytes: it is damaged.");
            }
        }
    }

    /// <summary>The field of a column itself, or of the elements of a list.</summary>
    public static DataField? Elements(Field field) => field switch
    {
        ListField { Item: DataField item } => item,
        DataField { IsArray: true } repeated => repeated,
        _ => null,
    };
}

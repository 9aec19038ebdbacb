using Microsoft.Data.Sqlite;
using Microsoft.Extensions.VectorData;

namespace Simile.VectorData.Storage;

/// <summary>Operations of stores and collections as their callers see them fail.</summary>
internal static class Operations
{
    /// <summary>
    /// Runs an operation. A failure of the store itself becomes a <see cref="VectorStoreException"/> with a sentence of what to do.
    /// </summary>
    public static async Task<T> RunAsync<T>(StoreFolder folder, string? collection, string operation, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw Failure(folder, collection, operation, Failures.Sentence(e, folder.Path), e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw Failure(folder, collection, operation, e.Message, e);
        }
    }

    private static VectorStoreException Failure(
        StoreFolder folder, string? collection, string operation, string sentence, Exception cause) =>
        new(sentence, cause)
        {
            VectorStoreSystemName = SimileVectorStore.SystemName,
            VectorStoreName = folder.Path,
            CollectionName = collection,
            OperationName = operation,
        };
}

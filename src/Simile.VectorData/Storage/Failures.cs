using Microsoft.Data.Sqlite;

namespace Simile.VectorData.Storage;

/// <summary>The errors of a store, each as a sentence with what to do.</summary>
internal static class Failures
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The sentence for an error of SQLite.</summary>
    public static string Sentence(SqliteException e, string folder) => e.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => Damage(folder, e.Message),
        Full => $"The disk is full. The store {folder} holds everything that was acknowledged: free some space and try again.",
        Busy or Locked => $"The store {folder} is busy: another program writes to its database. Try again later.",
        ReadOnly or CannotOpen =>
            $"The store {folder} cannot be opened or written: "
            + "check the permissions of the folder and its files, and whether the disk is read-only.",
        InputOutput =>
            $"Reading or writing the store {folder} failed: the disk may be full or faulty. "
            + "Everything that was acknowledged is kept: try again when there is space.",
        _ => $"The store {folder} cannot be used: {e.Message}",
    };

    public static InvalidDataException Damaged(string folder, string detail) => new(Damage(folder, detail));

    public static InvalidDataException Foreign(string folder) =>
        new($"{Database.PathIn(folder)} is not a vector store: use another folder. (The store of 'simile index' is opened with Corpus.)");

    public static InvalidDataException Newer(string folder, long version) => new(
        $"The store {folder} was made by a newer Simile (version {version} of the format, this one reads up to {Database.Version}): "
        + "use that version.");

    public static IOException SecondWriter(string folder, string holder, Exception cause) =>
        new($"{holder} writes to the store {folder}: close it there, or write from that program. Reading works meanwhile.", cause);

    public static UnauthorizedAccessException NotWritable(string folder, Exception cause) =>
        new($"The store {folder} cannot be written: check the permissions of the folder, and whether the disk is read-only.", cause);

    public static InvalidOperationException NoCollection(string folder, string name) =>
        new($"The store {folder} has no collection '{name}': call EnsureCollectionExistsAsync first.");

    private static string Damage(string folder, string detail) =>
        $"The store {folder} is damaged ({detail.Trim().TrimEnd('.')}): restore a backup, or delete the folder and fill it again.";
}

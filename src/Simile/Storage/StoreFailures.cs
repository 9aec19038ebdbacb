using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>The errors of a store, each as a sentence with what to do.</summary>
internal static class StoreFailures
{
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Schema = 17;
    private const int NotADatabase = 26;

    /// <summary>Translates an error of SQLite.</summary>
    public static Exception From(SqliteException e, string place) => e.SqliteErrorCode switch
    {
        Corrupt or NotADatabase or Error or Schema => Damaged(place, e.Message, e),
        Full => DiskFull(place, e),
        Busy or Locked => new IOException($"The store {place} is busy: another program uses its database. Try again later.", e),
        ReadOnly or CannotOpen =>
            new UnauthorizedAccessException(
                $"The store {place} cannot be opened or written: "
                + "check the permissions of the folder and its files, and whether the disk is read-only.",
                e),
        InputOutput =>
            new IOException(
                $"Reading or writing the store {place} failed: the disk may be full or faulty. "
                + "Committed work is kept: run again when there is space.",
                e),
        _ => new IOException($"The store {place} cannot be used: {e.Message}", e),
    };

    public static InvalidDataException Damaged(string place, string detail, Exception? cause = null) =>
        new($"The store {place} is damaged ({detail.Trim().TrimEnd('.')}): delete it and index again.", cause);

    public static IOException DiskFull(string place, Exception cause) =>
        new(
            $"The disk is full: the store {place} keeps what was indexed so far. Free some space and run again; it continues from there.",
            cause);

    public static InvalidDataException Foreign(string place) =>
        new($"{Path.Combine(place, StoreDatabase.FileName)} is not a store of Simile: use another folder.");

    public static InvalidDataException NotEmpty(string place) =>
        new($"The folder {place} holds other files and no store: use an empty or a new folder.");

    public static DirectoryNotFoundException Missing(string place) =>
        new($"The store {place} does not exist: create it with 'simile index PATH --store {place}'.");

    public static InvalidDataException Newer(string place, long version) =>
        new(
            $"The store {place} was made by a newer Simile (version {version} of the format, "
            + $"this one reads up to {Storage.Schema.Version}): use that version, or index again into another folder.");

    public static IOException SecondWriter(string place, Exception cause) =>
        new($"Another program is writing to the store {place}: wait until it is done. Searching works meanwhile.", cause);

    public static UnauthorizedAccessException NotWritable(string place, Exception cause) =>
        new($"The store {place} cannot be written: check the permissions of the folder, and whether the disk is read-only.", cause);

    public static InvalidDataException AnotherModel(string place, StoreModel kept, string given) =>
        new(HubCache.Locate(given) == kept.Name
            ? $"The store {place} holds vectors that {kept.Name} made with other files or settings: "
                + "use another store, or delete this one and index again."
            : $"The store {place} was made with the model {kept.Name}, not with {given}: "
                + "open it with its own model, or use another store.");

    public static DirectoryNotFoundException ModelIsGone(string place, StoreModel kept) =>
        new(
            $"The store {place} was made with the model {kept.Name}, which no longer exists: "
            + "give the folder where it is now (--model of the tool).");

    public static InvalidDataException WrongModel(string place, StoreModel kept, StoreModel given) => new(
        kept with { Settings = given.Settings } == given
            ? $"The store {place} holds vectors that {kept.Name} made with other settings: "
                + "use another store, or delete this one and index again."
            : $"The store {place} holds vectors of {kept.Name} ({kept.Dimensions} dimensions), "
                + $"not of {given.Name} ({given.Dimensions} dimensions): "
                + "use another store or that model, or delete the store and index again.");
}

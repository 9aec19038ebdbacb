using Microsoft.Data.Sqlite;

namespace Simile.Storage;

/// <summary>Reads the checksums of the vectors in the order of the items, in the same pass as the vectors.</summary>
internal sealed class VectorChecks : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteDataReader _reader;
    private readonly string _place;

    public VectorChecks(SqliteConnection connection, long after, string place)
    {
        _command = connection.Prepare("SELECT item, vector FROM item_checks WHERE item > $0 ORDER BY item", after);
        _reader = _command.ExecuteReader();
        _place = place;
    }

    /// <summary>Refuses a vector that does not match its checksum.</summary>
    public void ThrowIfOther(long item, MediaKind kind, ReadOnlySpan<byte> vector)
    {
        if (!_reader.Read() || _reader.GetInt64(0) != item || _reader.GetInt64(1) != RowCheck.OfVector(item, ItemKinds.Word(kind), vector))
        {
            throw StoreFailures.Damaged(_place, "a vector does not match its checksum");
        }
    }

    /// <summary>Refuses a store without the last vectors.</summary>
    public void ThrowIfMore()
    {
        if (_reader.Read())
        {
            throw StoreFailures.Damaged(_place, "vectors are missing");
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _command.Dispose();
    }
}

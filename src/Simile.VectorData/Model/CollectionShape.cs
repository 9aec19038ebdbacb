using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;
using Simile.VectorData.Storage;
using Simile.VectorData.Values;

namespace Simile.VectorData.Model;

/// <summary>A stored property of a record, a column of the collection's table.</summary>
internal sealed record DataColumn(PropertyModel Property, ColumnType Type)
{
    /// <summary>The column's name in SQL, quoted.</summary>
    public string Name { get; } = CollectionTables.ColumnOf(Property.StorageName);

    /// <summary>Where the checksum of its values starts.</summary>
    public uint Seed { get; } = RowSum.Seed(Property.StorageName);

    public bool IsIndexed => Property is DataPropertyModel { IsIndexed: true };

    public bool IsFullText => Property is DataPropertyModel { IsFullTextIndexed: true };
}

/// <summary>A vector property of a record, a table of its own.</summary>
internal sealed record VectorColumn(VectorPropertyModel Property, Distance Distance, string IndexKind)
{
    public string Name => Property.StorageName;
}

/// <summary>The columns of a collection.</summary>
/// <remarks>Their order does not depend on that of a record's members, so that typed and dynamic records share a collection.</remarks>
internal sealed class CollectionShape
{
    /// <exception cref="NotSupportedException">Two storage names differ only in case, which SQLite does not tell apart.</exception>
    public CollectionShape(CollectionModel model)
    {
        Model = model;
        Key = new DataColumn(model.KeyProperty, ColumnType.Find(model.KeyProperty.Type)!);
        Data = [.. Ordered(model.DataProperties).Select(property => new DataColumn(property, ColumnType.Find(property.Type)!))];
        Vectors = [.. Ordered(model.VectorProperties)
            .Select(property => new VectorColumn(property, Distance.Of(property), KindOf(property)))];
        Columns = [Key, .. Data];
        Seeds = [.. Columns.Select(column => column.Seed)];
        FullText = [.. Data.Where(column => column.IsFullText)];
        if (model.Properties.GroupBy(property => property.StorageName, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(names => names.Skip(1).Any())
            is { } same)
        {
            throw new NotSupportedException(
                $"Two properties have the storage name '{same.Key}', or names that differ only in case: give one another StorageName.");
        }
    }

    public CollectionModel Model { get; }

    public DataColumn Key { get; }

    public DataColumn[] Data { get; }

    public VectorColumn[] Vectors { get; }

    /// <summary>The key and the data.</summary>
    public DataColumn[] Columns { get; }

    /// <summary>The seeds of the checksums of <see cref="Columns"/>.</summary>
    public uint[] Seeds { get; }

    /// <summary>The columns with a keyword index.</summary>
    public DataColumn[] FullText { get; }

    public DataColumn ColumnOf(PropertyModel property) => Columns.First(column => column.Property == property);

    public VectorColumn VectorOf(VectorPropertyModel property) => Vectors.First(column => column.Property == property);

    /// <summary>The entry of <c>collections.definition</c>: what determines the tables and the meaning of vectors.</summary>
    public CollectionDefinition Definition() => new(
        Describe(Key),
        [.. Data.Select(Describe)],
        [.. Vectors.Select(column => new VectorDefinition(column.Name, column.Property.Dimensions, column.Distance.Name))]);

    private static DataDefinition Describe(DataColumn column)
    {
        var type = column.Type.Scalar.Type;
        return new(
            column.Property.StorageName,
            (type.IsEnum ? Enum.GetUnderlyingType(type) : type).Name,
            column.Type.List is not null,
            column.IsIndexed,
            column.IsFullText);
    }

    private static IEnumerable<T> Ordered<T>(IEnumerable<T> properties)
        where T : PropertyModel => properties.OrderBy(property => property.StorageName, StringComparer.Ordinal);

    private static string KindOf(VectorPropertyModel property) => property.IndexKind switch
    {
        null => IndexKind.Dynamic,
        IndexKind.Flat or IndexKind.Hnsw or IndexKind.QuantizedFlat or IndexKind.IvfFlat or IndexKind.Dynamic => property.IndexKind,
        var kind => throw new NotSupportedException(
            $"Property '{property.ModelName}' asks for an index of kind '{kind}'. "
            + $"Choose {IndexKind.Flat}, {IndexKind.Hnsw}, {IndexKind.QuantizedFlat}, {IndexKind.IvfFlat} or {IndexKind.Dynamic}."),
    };
}

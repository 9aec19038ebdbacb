using Simile.VectorData.Values;

namespace Simile.VectorData.Filters;

/// <summary>A column, or an element of a list in a column, as SQL sees it.</summary>
/// <param name="Sql">The stored value.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsElement">Whether it comes from the JSON text of a list.</param>
internal sealed record Operand(string Sql, ColumnType Type, bool IsElement)
{
    /// <summary>The part of the stored value that decides equality and order.</summary>
    public string Compared => Cut(Type.Scalar, IsElement ? Plain(Type.Scalar, Sql) : Sql, Type.List is not null);

    /// <summary>The same of an element of a JSON list.</summary>
    public static string Element(ScalarType type, string sql) => Cut(type, Plain(type, sql), isList: false);

    private static string Plain(ScalarType type, string sql) => type.Storage == "BLOB" ? $"unhex({sql})" : sql;

    private static string Cut(ScalarType type, string sql, bool isList) =>
        type.IsInstant && !isList ? $"substr({sql}, 1, {ScalarType.InstantBytes})" : sql;
}

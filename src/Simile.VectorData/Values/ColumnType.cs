using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Simile.VectorData.Values;

/// <summary>How the values of a data property are kept: a scalar, or an array or list of scalars as JSON text.</summary>
/// <param name="Scalar">The scalar, or the element of the list.</param>
/// <param name="List">Null for a scalar; otherwise the type of the array or list.</param>
internal sealed record ColumnType(ScalarType Scalar, Type? List)
{
    /// <summary>The SQLite storage class.</summary>
    public string Storage => List is null ? Scalar.Storage : "TEXT";

    /// <summary>The type for a property of a record; null if it cannot be stored.</summary>
    public static ColumnType? Find(Type type)
    {
        if (ScalarType.Find(type) is { } scalar)
        {
            return new ColumnType(scalar, null);
        }

        var element = type.IsSZArray ? type.GetElementType()
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0]
            : null;
        return element is not null && ScalarType.Find(element) is { } elementType ? new ColumnType(elementType, type) : null;
    }

    /// <summary>A value for SQLite: <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, bytes, or null.</summary>
    public object? Encode(object? value) =>
        value is null ? null
        : List is null ? Scalar.Encode(value)
        : Json(((IEnumerable)value).Cast<object?>().Select(element => element is null ? null : Scalar.Encode(element)));

    /// <summary>The inverse of <see cref="Encode"/>.</summary>
    public object? Decode(object? value) => value is null ? null : List is null ? Scalar.Decode(value) : FromJson((string)value);

    /// <summary>Encoded scalars as JSON text: numbers and texts as they are, bytes in hexadecimal.</summary>
    public static string Json(IEnumerable<object?> encoded)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var value in encoded)
            {
                Write(writer, value);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter writer, object? encoded)
    {
        switch (encoded)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case byte[] bytes:
                writer.WriteStringValue(Convert.ToHexString(bytes));
                break;
            default:
                throw new ArgumentException($"A list holds {encoded}, which a store cannot keep: leave it out, or store null.");
        }
    }

    private object FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var values = document.RootElement.EnumerateArray().Select(element => Element(element)).ToArray();
        if (List!.IsArray)
        {
            var array = Array.CreateInstanceFromArrayType(List, values.Length);
            Array.Copy(values, array, values.Length);
            return array;
        }

        // A list's constructor is kept, because the record's property has the type.
        var list = (IList)NewList(List);
        foreach (var value in values)
        {
            list.Add(value);
        }

        return list;
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2067", Justification = "The type of a record's property or of a definition, which the caller uses.")]
    private static object NewList(Type type) => Activator.CreateInstance(type)!;

    private object? Element(JsonElement element) => element.ValueKind == JsonValueKind.Null
        ? null
        : Scalar.Decode(Scalar.Storage switch
        {
            "INTEGER" => element.GetInt64(),
            "REAL" => element.GetDouble(),
            "TEXT" => element.GetString()!,
            _ => Convert.FromHexString(element.GetString()!),
        });
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Simile.VectorData.Model;

/// <summary>A data property of a stored collection.</summary>
/// <param name="Name">Storage name.</param>
/// <param name="Type">Name of the .NET type.</param>
/// <param name="List">Whether it holds an array or a list of that type.</param>
/// <param name="Indexed">Whether it has an index for filters.</param>
/// <param name="FullText">Whether it has a keyword index.</param>
internal sealed record DataDefinition(string Name, string Type, bool List, bool Indexed, bool FullText);

/// <summary>A vector property of a stored collection.</summary>
/// <param name="Name">Storage name.</param>
/// <param name="Dimensions">Number of components.</param>
/// <param name="Distance">The distance function.</param>
internal sealed record VectorDefinition(string Name, int Dimensions, string Distance);

/// <summary>What a stored collection holds, as JSON text in the table collections.</summary>
internal sealed record CollectionDefinition(DataDefinition Key, DataDefinition[] Data, VectorDefinition[] Vectors)
{
    /// <summary>The stored text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DefinitionJson.Default.CollectionDefinition);

    /// <summary>The inverse of <see cref="ToJson"/>.</summary>
    /// <exception cref="JsonException">It is no definition.</exception>
    public static CollectionDefinition Parse(string json) =>
        JsonSerializer.Deserialize(json, DefinitionJson.Default.CollectionDefinition) ?? throw new JsonException("It is null.");

    /// <summary>
    /// A sentence about the first difference that stored records cannot follow; null if new properties are all that differs.
    /// </summary>
    /// <param name="wanted">The definition that a program gives.</param>
    public string? Conflict(CollectionDefinition wanted)
    {
        if (Key.Name != wanted.Key.Name || Key.Type != wanted.Key.Type)
        {
            return $"its key is '{Key.Name}' of type {Key.Type}, not '{wanted.Key.Name}' of type {wanted.Key.Type}";
        }

        foreach (var stored in Data)
        {
            if (wanted.Data.FirstOrDefault(data => data.Name == stored.Name) is not { } data)
            {
                return $"it has the property '{stored.Name}', which the record lacks";
            }

            if (data.Type != stored.Type || data.List != stored.List)
            {
                return $"'{stored.Name}' holds {Holds(stored)}, not {Holds(data)}";
            }
        }

        foreach (var stored in Vectors)
        {
            if (wanted.Vectors.FirstOrDefault(vector => vector.Name == stored.Name) is not { } vector)
            {
                return $"it has the vector '{stored.Name}', which the record lacks";
            }

            if (vector != stored)
            {
                return $"the vector '{stored.Name}' has {stored.Dimensions} dimensions and {stored.Distance}, "
                    + $"not {vector.Dimensions} and {vector.Distance}";
            }
        }

        return null;
    }

    private static string Holds(DataDefinition data) => data.List ? $"lists of {data.Type}" : $"values of type {data.Type}";
}

/// <summary>The JSON form of definitions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CollectionDefinition))]
internal sealed partial class DefinitionJson : JsonSerializerContext;

using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Simile.VectorData.Model;

namespace Simile.VectorData.Storage;

/// <summary>The vectors of one property for a batch of records: given, or made by the property's generator in one call.</summary>
internal sealed class VectorBatch
{
    private readonly VectorColumn _column;
    private readonly byte[]?[] _bytes;

    private VectorBatch(VectorColumn column, byte[]?[] bytes) => (_column, _bytes) = (column, bytes);

    /// <summary>The bytes of a record's vector; null if it has none.</summary>
    public byte[]? Bytes(int record) => _bytes[record];

    /// <exception cref="ArgumentException">A vector has other dimensions, or holds NaN or infinity.</exception>
    public static async Task<VectorBatch> OfAsync<TRecord>(
        VectorColumn column, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
        where TRecord : class
    {
        var values = records.Select(record => record is null ? null : column.Property.GetValueAsObject(record)).ToArray();
        if (!SimileModelBuilder.IsVector(column.Property.Type))
        {
            var given = Enumerable.Range(0, values.Length).Where(i => values[i] is not null).ToArray();
            if (given.Length > 0)
            {
                var made = await column.Property.GenerateEmbeddingsAsync(
                    given.Select(i => values[i]), cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < given.Length; i++)
                {
                    values[given[i]] = made[i];
                }
            }
        }

        return new VectorBatch(column, [.. values.Select(
            value => value is null ? null : MemoryMarshal.AsBytes(Checked(column, Floats(value)!.Value).Span).ToArray())]);
    }

    /// <summary>The components of a vector of any of the types that are stored; null if it is none.</summary>
    public static ReadOnlyMemory<float>? Floats(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,

        // Null alone would become an empty vector.
        _ => default(ReadOnlyMemory<float>?),
    };

    /// <summary>Refuses a vector that does not belong to a property.</summary>
    /// <exception cref="ArgumentException">It has other dimensions, or holds NaN or infinity.</exception>
    public static ReadOnlyMemory<float> Checked(VectorColumn column, ReadOnlyMemory<float> vector)
    {
        if (vector.Length != column.Property.Dimensions)
        {
            throw new ArgumentException(
                $"A vector has {vector.Length} dimensions; '{column.Property.ModelName}' has {column.Property.Dimensions}.");
        }

        Simile.Numerics.VectorMath.ThrowIfNotFinite(vector.Span);
        return vector;
    }

    /// <summary>Notes which generators made the vectors of a collection, and refuses those of another.</summary>
    /// <exception cref="InvalidOperationException">Vectors of another generator are stored.</exception>
    public static void CheckGenerators(StoreConnection connection, CollectionRow row, IEnumerable<VectorBatch> batches)
    {
        var stored = JsonNode.Parse(row.Generators)!.AsObject();
        var changed = false;
        foreach (var column in batches.Where(batch => !SimileModelBuilder.IsVector(batch._column.Property.Type))
            .Select(batch => batch._column))
        {
            CheckGenerator(row, column);
            if (Identity(column) is { } identity && !stored.ContainsKey(column.Name))
            {
                stored[column.Name] = identity;
                changed = true;
            }
        }

        if (changed)
        {
            connection.Run("UPDATE collections SET generators = CAST($1 AS TEXT) WHERE id = $0", row.Id, stored.ToJsonString());
        }
    }

    /// <summary>Refuses a generator other than the one that made the vectors of a property.</summary>
    /// <exception cref="InvalidOperationException">Vectors of another generator are stored.</exception>
    public static void CheckGenerator(CollectionRow row, VectorColumn column)
    {
        if (Identity(column) is { } identity
            && JsonNode.Parse(row.Generators)![column.Name] is JsonValue stored
            && stored.GetValueKind() == JsonValueKind.String && stored.GetValue<string>() != identity)
        {
            throw new InvalidOperationException(
                $"The vectors '{column.Property.ModelName}' of the collection '{row.Name}' were made by {stored.GetValue<string>()}, "
                + $"not by {identity}: use that model, or another collection.");
        }
    }

    // The model's name as the generator gives it; null if it gives none, and then nothing can be compared.
    private static string? Identity(VectorColumn column) =>
        column.Property.EmbeddingGenerator?.GetService(typeof(EmbeddingGeneratorMetadata))
            is EmbeddingGeneratorMetadata { DefaultModelId: { } model }
            ? model
            : null;
}

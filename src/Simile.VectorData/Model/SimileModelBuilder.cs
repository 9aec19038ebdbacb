using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using Simile.VectorData.Values;

namespace Simile.VectorData.Model;

/// <summary>What a record may hold: one key, data of the types in <see cref="ScalarType"/>, any number of vectors of floats.</summary>
internal sealed class SimileModelBuilder() : CollectionModelBuilder(Supported)
{
    private const string VectorTypes = "ReadOnlyMemory<float>, Embedding<float>, float[]";

    private static readonly CollectionModelBuildingOptions Supported = new()
    {
        SupportsMultipleVectors = true,
        RequiresAtLeastOneVector = false,
    };

    private static readonly HashSet<Type> KeyTypes =
    [
        typeof(string), typeof(Guid), typeof(int), typeof(long), typeof(short),
        typeof(byte), typeof(uint), typeof(ulong), typeof(ushort), typeof(sbyte),
    ];

    protected override void ValidateKeyProperty(KeyPropertyModel keyProperty)
    {
        base.ValidateKeyProperty(keyProperty);
        if (!KeyTypes.Contains(keyProperty.Type))
        {
            throw new NotSupportedException(
                $"Key property '{keyProperty.ModelName}' has type '{keyProperty.Type.Name}'. A key is one "
                + $"of {string.Join(", ", KeyTypes.Select(type => type.Name))}.");
        }
    }

    protected override bool IsDataPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = ColumnType.Find(type) is null ? $"{ScalarType.Names}, enumerations, and arrays and lists of these" : null;
        return supportedTypes is null;
    }

    protected override bool IsVectorPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = VectorTypes;
        return IsVector(type);
    }

    /// <summary>Whether a type is stored as a vector as it is.</summary>
    public static bool IsVector(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) == typeof(ReadOnlyMemory<float>)
        || type == typeof(Embedding<float>) || type == typeof(float[]);

    /// <summary>Names of the types of <see cref="IsVector"/>, for messages.</summary>
    public static string SupportedVectorTypes => VectorTypes;
}

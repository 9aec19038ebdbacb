using Microsoft.Extensions.VectorData;

namespace Simile.VectorData.Tests;

public enum Color : byte
{
    Red,
    Green,
    Blue = 200,
}

/// <summary>A record with a property of every kind that filters compare.</summary>
public sealed class Thing
{
    [VectorStoreKey]
    public int Id { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int Number { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public int? Maybe { get; set; }

    [VectorStoreData]
    public short Small { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public ulong Large { get; set; }

    [VectorStoreData]
    public double Real { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public decimal? Price { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public string? Text { get; set; }

    [VectorStoreData]
    public bool Flag { get; set; }

    [VectorStoreData]
    public bool? Perhaps { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public DateTimeOffset? When { get; set; }

    [VectorStoreData]
    public DateTime Day { get; set; }

    [VectorStoreData]
    public Guid Code { get; set; }

    [VectorStoreData(IsIndexed = true)]
    public Color Color { get; set; }

    [VectorStoreData]
    public string?[]? Tags { get; set; }

    [VectorStoreData]
    public List<int>? Scores { get; set; }

    [VectorStoreVector(2)]
    public ReadOnlyMemory<float> Vector { get; set; } = new float[] { 1, 0 };
}

namespace Simile.Models.Checkpoints;

/// <summary>Arithmetic on shapes from a file.</summary>
internal static class TensorShape
{
    /// <summary>The size of a tensor in bytes; null if a dimension is negative or the product overflows.</summary>
    public static long? Bytes(ReadOnlySpan<long> shape, DType type)
    {
        Int128 count = type.Size();
        foreach (var size in shape)
        {
            count *= size;
            if (size < 0 || count > long.MaxValue)
            {
                return null;
            }
        }

        return (long)count;
    }
}

namespace Simile.Models.Checkpoints;

/// <summary>Arithmetic on shapes that a file claims.</summary>
internal static class TensorShape
{
    /// <summary>Bytes that a tensor of this shape needs; null where a size is negative or the product absurd.</summary>
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

using System.Runtime.CompilerServices;

namespace Simile.Index;

/// <summary>Order-preserving conversion of floats to unsigned integers, so that a score with a number below it sorts as one key.</summary>
internal static class OrderedBits
{
    /// <summary>Inverts negative floats, and sets the sign bit of others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }

    /// <summary>The inverse conversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value(uint ordered)
    {
        var bits = (int)ordered;
        return BitConverter.Int32BitsToSingle(bits ^ ((~bits >> 31) | int.MinValue));
    }
}

using System.Runtime.CompilerServices;

namespace Simile.Index;

/// <summary>Floats as unsigned integers in the same order, so that a score and a number below it sort as one.</summary>
internal static class OrderedBits
{
    /// <summary>Negative floats are turned over, of the others the sign bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return (uint)(bits ^ ((bits >> 31) | int.MinValue));
    }

    /// <summary>The float of which these are the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Value(uint ordered)
    {
        var bits = (int)ordered;
        return BitConverter.Int32BitsToSingle(bits ^ ((~bits >> 31) | int.MinValue));
    }
}

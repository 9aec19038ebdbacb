using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Index.Codes;

/// <summary>The last four bytes of a code: a float, with a power of two in its lowest eight bits that the coordinates are multiplied by.</summary>
/// <remarks>
/// The eight bits are the exponent of a float, so that two instructions make the factor of four codes. What they take from the float, 2⁻¹⁵ of it, is
/// less than what codes lose.
/// </remarks>
internal static class ScaledWord
{
    /// <summary>The exponent of a code that says nothing: its vector is scored itself. The factor is zero.</summary>
    public const int Apart = 0;

    /// <summary>The word of a code that says nothing, worse than any.</summary>
    public static float OfApart { get; } = Pack(-Greatest, Apart);

    /// <summary>The exponent that stands for a factor of one.</summary>
    public const int One = 127;

    /// <summary>The greatest exponent of a finite factor.</summary>
    public const int Most = 254;

    // No infinity: one with other bits set is NaN.
    private const float Greatest = 3e38f;
    private const uint ExponentBits = 0xFF;
    private const uint Dropped = 0x1FF;

    public static float Pack(float value, int exponent)
    {
        var finite = Math.Clamp(value, -Greatest, Greatest);
        return BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(finite) & ~Dropped) | (uint)exponent);
    }

    public static float Factor(int exponent) => BitConverter.UInt32BitsToSingle((uint)exponent << 23);

    public static int Exponent(float word) => (int)(BitConverter.SingleToUInt32Bits(word) & ExponentBits);

    /// <summary>The factors of four words. The bit above the eight, which becomes the sign, is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Factors(Vector128<float> words) => (words.AsUInt32() << 23).AsSingle();
}

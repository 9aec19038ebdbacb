using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Index.Codes;

/// <summary>The last four bytes of a code: a float whose lowest eight bits hold a power of two, the factor of the coordinates.</summary>
/// <remarks>
/// The eight bits are the exponent of a float, so two instructions give the factors of four codes. The float loses 2⁻¹⁵ of its precision,
/// which is less than the codes lose.
/// </remarks>
internal static class ScaledWord
{
    /// <summary>The exponent of a code without information: its vector is scored exactly. The factor is zero.</summary>
    public const int Apart = 0;

    /// <summary>The word of a code without information, worse than any other.</summary>
    public static float OfApart { get; } = Pack(-Greatest, Apart);

    /// <summary>The exponent for a factor of one.</summary>
    public const int One = 127;

    /// <summary>The largest exponent of a finite factor.</summary>
    public const int Most = 254;

    // Not an infinity: with other bits set it would be NaN.
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

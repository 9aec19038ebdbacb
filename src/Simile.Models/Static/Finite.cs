using System.Numerics;
using System.Runtime.InteropServices;

namespace Simile.Models;

/// <summary>Whether all numbers are finite. NaN and infinities have all exponent bits set.</summary>
internal static class Finite
{
    public static bool All(ReadOnlySpan<float> numbers) => Largest<uint>(MemoryMarshal.Cast<float, uint>(numbers), 0x7FFFFFFF) < 0x7F800000;

    public static bool All(ReadOnlySpan<Half> numbers) => Largest<ushort>(MemoryMarshal.Cast<Half, ushort>(numbers), 0x7FFF) < 0x7C00;

    private static T Largest<T>(ReadOnlySpan<T> bits, T mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        var largest = Vector<T>.Zero;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(bits);
        foreach (var vector in vectors)
        {
            largest = Vector.Max(largest, vector & new Vector<T>(mask));
        }

        var result = T.Zero;
        for (var i = 0; i < Vector<T>.Count; i++)
        {
            result = T.Max(result, largest[i]);
        }

        foreach (var rest in bits[(vectors.Length * Vector<T>.Count)..])
        {
            result = T.Max(result, rest & mask);
        }

        return result;
    }
}

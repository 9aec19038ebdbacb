using System.Runtime.Intrinsics;

namespace Simile.Models.Words;

/// <summary>
/// One AdaGrad step on a pair of rows: each number changes by its gradient divided by the square root of the sum of its previous squared
/// gradients.
/// </summary>
internal static unsafe class GloveStep
{
    /// <summary>a -= g·b/√A and b -= g·a/√B with the values before the step; then A += (g·b)², B += (g·a)².</summary>
    /// <param name="gradient">g: the weighted error times the learning rate.</param>
    /// <param name="a">The word's row.</param>
    /// <param name="b">The neighbor's row.</param>
    /// <param name="squaresA">A: sums of squared gradients, initially 1.</param>
    /// <param name="squaresB">B: sums of squared gradients, initially 1.</param>
    /// <param name="length">A multiple of 16.</param>
    public static void Run(float gradient, float* a, float* b, float* squaresA, float* squaresB, int length)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            Scalar(gradient, a, b, squaresA, squaresB, length);
            return;
        }

        var g = Vector256.Create(gradient);
        for (var i = 0; i < length; i += Vector256<float>.Count)
        {
            var (x, y) = (Vector256.Load(a + i), Vector256.Load(b + i));
            var (sumX, sumY) = (Vector256.Load(squaresA + i), Vector256.Load(squaresB + i));
            var (ofX, ofY) = (g * y, g * x);
            (x - (ofX / Vector256.Sqrt(sumX))).Store(a + i);
            (y - (ofY / Vector256.Sqrt(sumY))).Store(b + i);
            (sumX + (ofX * ofX)).Store(squaresA + i);
            (sumY + (ofY * ofY)).Store(squaresB + i);
        }
    }

    /// <summary>The reference implementation for tests.</summary>
    public static void Scalar(float gradient, float* a, float* b, float* squaresA, float* squaresB, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var (ofA, ofB) = (gradient * b[i], gradient * a[i]);
            a[i] -= ofA / MathF.Sqrt(squaresA[i]);
            b[i] -= ofB / MathF.Sqrt(squaresB[i]);
            squaresA[i] += ofA * ofA;
            squaresB[i] += ofB * ofB;
        }
    }
}

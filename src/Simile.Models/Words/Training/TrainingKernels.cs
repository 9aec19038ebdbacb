using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Simile.Models.Words;

/// <summary>
/// Arithmetic kernels of word training. Rows are padded to whole SIMD vectors, so no loop has a remainder. One pass over the columns
/// updates all output rows and accumulates the gradient of the input. Each number is loaded and stored once; one saxpy call per row would
/// load the gradient once per row.
/// </summary>
internal static unsafe class TrainingKernels
{
    /// <summary>scores[k] = hidden · rows[k]. <paramref name="length"/> is a multiple of 16.</summary>
    public static void Dot(float* hidden, float** rows, int count, float* scores, int length)
    {
        for (var k = 0; k < count; k++)
        {
            scores[k] = Vector512.IsHardwareAccelerated ? Dot512(hidden, rows[k], length)
                : Vector256.IsHardwareAccelerated ? Dot256(hidden, rows[k], length)
                : Scalar.Dot(hidden, rows[k], length);
        }
    }

    /// <summary>error = Σ steps[k] · rows[k], with the rows before the update; then rows[k] += steps[k] · hidden.</summary>
    public static void Update(float* hidden, float** rows, int count, float* steps, float* error, int length)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Update512(hidden, rows, count, steps, error, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Update256(hidden, rows, count, steps, error, length);
        }
        else
        {
            Scalar.Update(hidden, rows, count, steps, error, length);
        }
    }

    /// <summary>mean = factor · Σ rows[k].</summary>
    public static void Mean(float** rows, int count, float factor, float* mean, int length)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            Scalar.Mean(rows, count, factor, mean, length);
            return;
        }

        for (var i = 0; i < length; i += Vector256<float>.Count)
        {
            var sum = Vector256<float>.Zero;
            for (var k = 0; k < count; k++)
            {
                sum += Vector256.Load(rows[k] + i);
            }

            (sum * factor).Store(mean + i);
        }
    }

    /// <summary>rows[k] += step · error for each k.</summary>
    public static void Add(float** rows, int count, float step, float* error, int length)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            Scalar.Add(rows, count, step, error, length);
            return;
        }

        for (var i = 0; i < length; i += Vector256<float>.Count)
        {
            var change = Vector256.Load(error + i) * step;
            for (var k = 0; k < count; k++)
            {
                (Vector256.Load(rows[k] + i) + change).Store(rows[k] + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot512(float* a, float* b, int length)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < length; i += Vector512<float>.Count)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sum);
        }

        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot256(float* a, float* b, int length)
    {
        var (even, odd) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = 0; i < length; i += 2 * Vector256<float>.Count)
        {
            even = Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), even);
            odd = Vector256.FusedMultiplyAdd(
                Vector256.Load(a + i + Vector256<float>.Count), Vector256.Load(b + i + Vector256<float>.Count), odd);
        }

        return Vector256.Sum(even + odd);
    }

    private static void Update512(float* hidden, float** rows, int count, float* steps, float* error, int length)
    {
        for (var i = 0; i < length; i += Vector512<float>.Count)
        {
            var (input, sum) = (Vector512.Load(hidden + i), Vector512<float>.Zero);
            for (var k = 0; k < count; k++)
            {
                var (row, step) = (Vector512.Load(rows[k] + i), Vector512.Create(steps[k]));
                sum = Vector512.FusedMultiplyAdd(step, row, sum);
                Vector512.FusedMultiplyAdd(step, input, row).Store(rows[k] + i);
            }

            sum.Store(error + i);
        }
    }

    private static void Update256(float* hidden, float** rows, int count, float* steps, float* error, int length)
    {
        for (var i = 0; i < length; i += 2 * Vector256<float>.Count)
        {
            var j = i + Vector256<float>.Count;
            var (input, other) = (Vector256.Load(hidden + i), Vector256.Load(hidden + j));
            var (sum, otherSum) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var k = 0; k < count; k++)
            {
                var row = rows[k];
                var step = Vector256.Create(steps[k]);
                var (numbers, others) = (Vector256.Load(row + i), Vector256.Load(row + j));
                sum = Vector256.FusedMultiplyAdd(step, numbers, sum);
                otherSum = Vector256.FusedMultiplyAdd(step, others, otherSum);
                Vector256.FusedMultiplyAdd(step, input, numbers).Store(row + i);
                Vector256.FusedMultiplyAdd(step, other, others).Store(row + j);
            }

            sum.Store(error + i);
            otherSum.Store(error + j);
        }
    }

    /// <summary>Reference implementations for tests.</summary>
    internal static class Scalar
    {
        public static float Dot(float* a, float* b, int length)
        {
            var sum = 0f;
            for (var i = 0; i < length; i++)
            {
                sum += a[i] * b[i];
            }

            return sum;
        }

        public static void Update(float* hidden, float** rows, int count, float* steps, float* error, int length)
        {
            for (var i = 0; i < length; i++)
            {
                error[i] = 0;
                for (var k = 0; k < count; k++)
                {
                    error[i] += steps[k] * rows[k][i];
                    rows[k][i] += steps[k] * hidden[i];
                }
            }
        }

        public static void Mean(float** rows, int count, float factor, float* mean, int length)
        {
            for (var i = 0; i < length; i++)
            {
                mean[i] = 0;
                for (var k = 0; k < count; k++)
                {
                    mean[i] += rows[k][i];
                }

                mean[i] *= factor;
            }
        }

        public static void Add(float** rows, int count, float step, float* error, int length)
        {
            for (var k = 0; k < count; k++)
            {
                for (var i = 0; i < length; i++)
                {
                    rows[k][i] += step * error[i];
                }
            }
        }
    }
}

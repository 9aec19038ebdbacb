using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Exact;

/// <summary>The limits of this machine: multiply-adds per second, bytes read per second.</summary>
internal static unsafe class Machine
{
    private const int ReadFloats = 1 << 26;

    private static readonly float* Memory = Allocate();

    /// <summary>GFLOP/s of multiply-adds in registers with the widest vectors. A multiply-add counts as two.</summary>
    public static double PeakFlops(int threads) =>
        Best(threads, 4, _ => Vector512.IsHardwareAccelerated ? Fma512(4_000_000) : Fma256(8_000_000)) / 1e9;

    /// <summary>GB/s when reading 256 MB sequentially; each thread reads its share in four streams.</summary>
    public static double ReadBandwidth(int threads) =>
        Best(threads, 6, i => Sum(Memory + (i * (long)(ReadFloats / threads)), ReadFloats / threads)) / 1e9;

    // All threads run for the measured time. The best round is what the machine can do undisturbed.
    private static double Best(int threads, int rounds, Func<int, double> work)
    {
        var best = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            var done = 0.0;
            if (threads == 1)
            {
                done = work(0);
            }
            else
            {
                var amounts = new double[threads];
                Parallel.For(0, threads, i => amounts[i] = work(i));
                done = amounts.Sum();
            }

            best = Math.Max(best, done / clock.Elapsed.TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Fma512(int times)
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(1e-3f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var t = 0; t < times; t++)
        {
            a = Vector512.MultiplyAddEstimate(a, x, y);
            b = Vector512.MultiplyAddEstimate(b, x, y);
            c = Vector512.MultiplyAddEstimate(c, x, y);
            d = Vector512.MultiplyAddEstimate(d, x, y);
            e = Vector512.MultiplyAddEstimate(e, x, y);
            f = Vector512.MultiplyAddEstimate(f, x, y);
            g = Vector512.MultiplyAddEstimate(g, x, y);
            h = Vector512.MultiplyAddEstimate(h, x, y);
            i = Vector512.MultiplyAddEstimate(i, x, y);
            j = Vector512.MultiplyAddEstimate(j, x, y);
            k = Vector512.MultiplyAddEstimate(k, x, y);
            l = Vector512.MultiplyAddEstimate(l, x, y);
        }

        Keep(Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
        return times * 12.0 * 16 * 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Fma256(int times)
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(1e-3f));
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var t = 0; t < times; t++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, y);
            b = Vector256.MultiplyAddEstimate(b, x, y);
            c = Vector256.MultiplyAddEstimate(c, x, y);
            d = Vector256.MultiplyAddEstimate(d, x, y);
            e = Vector256.MultiplyAddEstimate(e, x, y);
            f = Vector256.MultiplyAddEstimate(f, x, y);
            g = Vector256.MultiplyAddEstimate(g, x, y);
            h = Vector256.MultiplyAddEstimate(h, x, y);
            i = Vector256.MultiplyAddEstimate(i, x, y);
            j = Vector256.MultiplyAddEstimate(j, x, y);
            k = Vector256.MultiplyAddEstimate(k, x, y);
            l = Vector256.MultiplyAddEstimate(l, x, y);
        }

        Keep(Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l));
        return times * 12.0 * 8 * 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(float* from, long count)
    {
        var part = count / 4;
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = 0L; i < part; i += 8)
        {
            a += Vector256.Load(from + i);
            b += Vector256.Load(from + part + i);
            c += Vector256.Load(from + (2 * part) + i);
            d += Vector256.Load(from + (3 * part) + i);
        }

        Keep(Vector256.Sum(a + b + c + d));
        return count * 4.0;
    }

    private static float* Allocate()
    {
        const nuint Bytes = (nuint)ReadFloats * sizeof(float);
        var memory = (float*)NativeMemory.AlignedAlloc(Bytes, 1 << 21);
        if (OperatingSystem.IsLinux())
        {
            _ = MAdvise(memory, Bytes, 14); // huge pages, as the index asks for
        }

        new Span<float>(memory, ReadFloats).Fill(1);
        return memory;
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int MAdvise(void* address, nuint length, int advice);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(float value)
    {
        if (float.IsNaN(value))
        {
            Console.Error.WriteLine("The sum is not a number.");
        }
    }
}

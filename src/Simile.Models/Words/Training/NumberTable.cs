using System.Runtime.InteropServices;

namespace Simile.Models.Words;

/// <summary>
/// Rows of floats in unmanaged memory, each padded with zeros to a multiple of 64 bytes. Threads write concurrently without locks; lost
/// updates are accepted, as in word2vec.
/// </summary>
internal sealed unsafe class NumberTable : IDisposable
{
    private const int Alignment = 64;
    private float* _numbers;

    public NumberTable(long rows, int dimensions)
    {
        (Rows, Dimensions, Stride) = (rows, dimensions, (dimensions + 15) / 16 * 16);
        _numbers = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(rows * Stride * sizeof(float), Alignment), Alignment);
        NativeMemory.Clear(_numbers, (nuint)(rows * Stride * sizeof(float)));
        GC.AddMemoryPressure(Math.Max(rows * Stride * sizeof(float), 1));
    }

    ~NumberTable() => Free();

    public long Rows { get; }

    public int Dimensions { get; }

    /// <summary>Row stride, in floats.</summary>
    public int Stride { get; }

    public float* this[long row] => _numbers + (row * Stride);

    public Span<float> Row(long row) => new(this[row], Dimensions);

    /// <summary>Fills the table with random numbers from -1/dimensions to 1/dimensions.</summary>
    public void Fill(int seed)
    {
        var random = TrainingRandom.For(seed, long.MaxValue / 2);
        for (var row = 0L; row < Rows; row++)
        {
            foreach (ref var number in Row(row))
            {
                number = ((2 * random.NextSingle()) - 1) / Dimensions;
            }
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_numbers is not null)
        {
            NativeMemory.AlignedFree(_numbers);
            GC.RemoveMemoryPressure(Math.Max(Rows * Stride * sizeof(float), 1));
            _numbers = null;
        }
    }
}

using System.Runtime.Intrinsics;

namespace Simile.Numerics.Kernels;

/// <summary>
/// Accumulates a step over many rows and each query of a panel, and reports which sums pass a test. The sums stay in registers:
/// lanes are queries, and rows are read in place.
/// </summary>
internal static unsafe class QueryTile<TStep>
    where TStep : struct, IStep
{
    /// <summary>The number of rows must be a multiple of this.</summary>
    public const int Rows = 12;

    /// <summary>Bit j of <c>passing[i]</c> tells whether row i and query j of the panel pass.</summary>
    /// <param name="rows">Adjacent rows.</param>
    /// <param name="count">Number of rows, a multiple of <see cref="Rows"/>.</param>
    /// <param name="length">Components per row.</param>
    /// <param name="panel">The panel of the packed queries.</param>
    /// <param name="packed">The packed queries.</param>
    /// <param name="test">The test.</param>
    /// <param name="passing">Receives one word per row.</param>
    public static void Run(float* rows, int count, int length, QueryPanel panel, float* packed, PanelTest test, uint* passing)
    {
        switch (panel.Path)
        {
            case KernelPath.Vector512:
                QueryTile<TStep, Lanes512, Vector512<float>>.Run(rows, count, length, panel.Vectors, packed, test, passing);
                break;
            case KernelPath.Vector256:
                QueryTile<TStep, Lanes256, Vector256<float>>.Run(rows, count, length, panel.Vectors, packed, test, passing);
                break;
            case KernelPath.Vector128:
                QueryTile<TStep, Lanes128, Vector128<float>>.Run(rows, count, length, panel.Vectors, packed, test, passing);
                break;
            default:
                Scalar(rows, count, length, panel.Width, packed, test, passing);
                break;
        }
    }

    private static void Scalar(float* rows, int count, int length, int width, float* packed, PanelTest test, uint* passing)
    {
        for (var i = 0; i < count; i++)
        {
            passing[i] = 0;
            for (var j = 0; j < width; j++)
            {
                var sum = 0f;
                for (var k = 0; k < length; k++)
                {
                    sum = TStep.Scalar(sum, packed[(k * width) + j], rows[((long)i * length) + k]);
                }

                passing[i] |= (test.Sign * sum) + (test.Factors[j] * test.RowNorms[i]) < test.Thresholds[j] ? 0 : 1u << j;
            }
        }
    }
}

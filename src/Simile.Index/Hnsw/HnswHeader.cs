using System.Runtime.InteropServices;
using Simile.Index.Codes;
using Simile.Index.Format;
using Simile.Numerics;

namespace Simile.Index.Hnsw;

/// <summary>The numbers of section hnsw/header (docs/formats/index.md).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct HnswHeader
{
    public int M;
    public int EfConstruction;
    public int Ef;
    public int Seed;
    public int Codes;
    public int Used;
    public int IdLimit;
    public int TrainedOn;
    public float Unused;
    public int RowsInBytes;
    public int Axes;
    public int Lines;
    public int Wide;
    public int Narrow;

    /// <summary>Throws if values are invalid.</summary>
    public readonly void Check(IndexFile file)
    {
        var fits = Used >= 0 && IdLimit >= 0 && M is >= 4 and <= 64 && EfConstruction is >= 8 and <= 4096 && Ef is >= 1 and <= 65536
            && Enum.IsDefined((HnswCodes)Codes) && RowsInBytes is 0 or 1 && (RowsInBytes == 0 || file.Metric == Metric.L2)
            && (Lines == 0 || (Lines is 1 or 2 or 4 && Wide >= 0 && Narrow >= 0 && (2 * Wide) + Narrow <= CodeLayout.Room(Lines)
                && Axes >= Wide + Narrow && Axes <= file.Dimensions));
        if (!fits)
        {
            throw file.Damaged("is damaged in section hnsw/header");
        }
    }
}

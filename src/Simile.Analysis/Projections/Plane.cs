using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Points of the plane as a matrix.</summary>
internal static class Plane
{
    /// <summary>n × 2.</summary>
    public static VectorMatrix ToMatrix(float[] x, float[] y)
    {
        var places = new VectorMatrix(x.Length, 2);
        for (var i = 0; i < x.Length; i++)
        {
            places[i][0] = x[i];
            places[i][1] = y[i];
        }

        return places;
    }

    /// <summary>Column 0 or 1.</summary>
    public static float[] Column(VectorMatrix places, int column) => [.. Enumerable.Range(0, places.Count).Select(i => places[i][column])];

    /// <summary>Moves all points so that their mean is the origin.</summary>
    public static void Center(float[] coordinates)
    {
        var mean = coordinates.Sum(v => (double)v) / coordinates.Length;
        for (var i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = (float)(coordinates[i] - mean);
        }
    }
}

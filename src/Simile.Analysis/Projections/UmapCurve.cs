namespace Simile.Analysis.Projections;

/// <summary>The curve 1 / (1 + a x²ᵇ) fitted to this function: 1 up to minDist, then exp(−(x − minDist) / spread).</summary>
internal static class UmapCurve
{
    private const int Points = 300;
    private const int Steps = 200;

    /// <summary>Least squares on 300 points from 0 to 3 · spread, by Levenberg-Marquardt, as in umap-learn.</summary>
    public static (double A, double B) Fit(double spread, double minDist)
    {
        var x = new double[Points];
        var y = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            x[i] = 3 * spread * i / (Points - 1);
            y[i] = x[i] < minDist ? 1 : Math.Exp(-(x[i] - minDist) / spread);
        }

        var (a, b, damping) = (1.0, 1.0, 1e-3);
        var error = Error(x, y, a, b);
        for (var step = 0; step < Steps && damping < 1e12; step++)
        {
            var (da, db) = Solve(x, y, a, b, damping);
            var next = Error(x, y, a + da, b + db);
            if (!(next <= error))
            {
                damping *= 10;
                continue;
            }

            (a, b, error, damping) = (a + da, b + db, next, damping / 10);
            if (Math.Abs(da) + Math.Abs(db) < 1e-12)
            {
                break;
            }
        }

        return (a, b);
    }

    private static double Error(double[] x, double[] y, double a, double b)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var residual = y[i] - (1 / (1 + (a * Math.Pow(x[i], 2 * b))));
            sum += residual * residual;
        }

        return sum;
    }

    // One damped Gauss-Newton step: (JᵀJ + damping · diagonal) δ = Jᵀr.
    private static (double A, double B) Solve(double[] x, double[] y, double a, double b, double damping)
    {
        double aa = 0, ab = 0, bb = 0, ra = 0, rb = 0;
        for (var i = 1; i < x.Length; i++) // at 0 the curve does not depend on a and b
        {
            var power = Math.Pow(x[i], 2 * b);
            var value = 1 / (1 + (a * power));
            var (ja, jb) = (-value * value * power, -value * value * a * power * 2 * Math.Log(x[i]));
            var residual = y[i] - value;
            (aa, ab, bb, ra, rb) = (aa + (ja * ja), ab + (ja * jb), bb + (jb * jb), ra + (ja * residual), rb + (jb * residual));
        }

        (aa, bb) = (aa * (1 + damping), bb * (1 + damping));
        var determinant = (aa * bb) - (ab * ab);
        return (((ra * bb) - (rb * ab)) / determinant, ((rb * aa) - (ra * ab)) / determinant);
    }
}

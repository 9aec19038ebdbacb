namespace Simile.Analysis.Projections;

/// <summary>The gradient of t-SNE, without its factor of 4, as the learning rates of openTSNE expect.</summary>
internal interface ITSneForces
{
    /// <summary>Writes Σⱼ (exaggeration · pᵢⱼ − qᵢⱼ) wᵢⱼ (yᵢ − yⱼ) for each point, w = 1 / (1 + d²), q = w / Σ w.</summary>
    void Gradient(float[] x, float[] y, float exaggeration, float[] gradientX, float[] gradientY);

    /// <summary>Σ p log (p / q).</summary>
    double Divergence(float[] x, float[] y);
}

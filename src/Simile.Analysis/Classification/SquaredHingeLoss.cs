namespace Simile.Analysis;

/// <summary>
/// max(0, 1 − y score)², one class against the rest: the L2-loss support vector machine of liblinear and scikit-learn's LinearSVC.
/// Intercepts are regularized.
/// </summary>
internal sealed class SquaredHingeLoss : ILinearLoss
{
    public bool PenalizesIntercept => true;

    public double Binary(ref float score, int label) => Of(ref score, label == 1 ? 1 : -1);

    public double Multiple(Span<float> scores, int label)
    {
        var loss = 0.0;
        for (var c = 0; c < scores.Length; c++)
        {
            loss += Of(ref scores[c], c == label ? 1 : -1);
        }

        return loss;
    }

    private static double Of(ref float score, int y)
    {
        var missing = Math.Max(0, 1 - (y * (double)score));
        score = (float)(-2 * y * missing);
        return missing * missing;
    }
}

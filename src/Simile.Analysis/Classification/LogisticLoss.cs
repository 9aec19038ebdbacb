namespace Simile.Analysis;

/// <summary>
/// The negative log-probability of the true class. As in scikit-learn's LogisticRegression, intercepts are not regularized.
/// </summary>
internal sealed class LogisticLoss : ILinearLoss
{
    public bool PenalizesIntercept => false;

    public double Binary(ref float score, int label)
    {
        var x = (double)score;
        score = (float)((1 / (1 + Math.Exp(-x))) - label);
        var margin = label == 1 ? x : -x;
        return Math.Max(0, -margin) + double.LogP1(Math.Exp(-Math.Abs(margin)));
    }

    public double Multiple(Span<float> scores, int label)
    {
        var (greatest, sum) = ((double)float.NegativeInfinity, 0.0);
        foreach (var score in scores)
        {
            greatest = Math.Max(greatest, score);
        }

        foreach (var score in scores)
        {
            sum += Math.Exp(score - greatest);
        }

        var loss = greatest + Math.Log(sum) - scores[label];
        for (var c = 0; c < scores.Length; c++)
        {
            scores[c] = (float)((Math.Exp(scores[c] - greatest) / sum) - (c == label ? 1 : 0));
        }

        return loss;
    }
}

namespace Simile.Analysis;

/// <summary>The grades of a query's documents in ranked order; 0 for unjudged ones.</summary>
internal sealed class Ranking
{
    private readonly int[] _grades;
    private readonly int[] _ideal;
    private readonly int _level;
    private readonly int _relevant;

    public Ranking(IReadOnlyDictionary<string, int> judged, IReadOnlyList<string> ranked, int level)
    {
        _level = level;
        _grades = [.. ranked.Select(document => judged.GetValueOrDefault(document))];
        _ideal = [.. judged.Values.Where(grade => grade > 0).OrderDescending()];
        _relevant = judged.Values.Count(grade => grade >= level);
    }

    public double[] Values(IReadOnlyList<RetrievalMeasure> measures) => [.. measures.Select(Value)];

    private double Value(RetrievalMeasure measure)
    {
        var grades = _grades.AsSpan(0, Math.Min(_grades.Length, measure.Cutoff ?? int.MaxValue));
        return measure.Kind switch
        {
            RetrievalMeasureKind.Ndcg =>
                Share(Gain(grades), Gain(_ideal.AsSpan(0, Math.Min(_ideal.Length, measure.Cutoff ?? int.MaxValue)))),
            RetrievalMeasureKind.AveragePrecision => Share(SumOfPrecisions(grades), _relevant),
            RetrievalMeasureKind.ReciprocalRank => ReciprocalRank(grades),
            RetrievalMeasureKind.Recall => Share(Relevant(grades), _relevant),
            RetrievalMeasureKind.Precision => Share(Relevant(grades), measure.Cutoff!.Value),
            RetrievalMeasureKind.RPrecision => Share(Relevant(_grades.AsSpan(0, Math.Min(_grades.Length, _relevant))), _relevant),
            _ => Math.Sign(Relevant(grades)),
        };
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private static double Gain(ReadOnlySpan<int> grades)
    {
        var sum = 0.0;
        for (var i = 0; i < grades.Length; i++)
        {
            sum += Math.Max(0, grades[i]) / Math.Log2(i + 2);
        }

        return sum;
    }

    private int Relevant(ReadOnlySpan<int> grades)
    {
        var count = 0;
        foreach (var grade in grades)
        {
            count += grade >= _level ? 1 : 0;
        }

        return count;
    }

    private double SumOfPrecisions(ReadOnlySpan<int> grades)
    {
        var (sum, found) = (0.0, 0);
        for (var i = 0; i < grades.Length; i++)
        {
            if (grades[i] >= _level)
            {
                sum += ++found / (i + 1.0);
            }
        }

        return sum;
    }

    private double ReciprocalRank(ReadOnlySpan<int> grades)
    {
        for (var i = 0; i < grades.Length; i++)
        {
            if (grades[i] >= _level)
            {
                return 1.0 / (i + 1);
            }
        }

        return 0;
    }
}

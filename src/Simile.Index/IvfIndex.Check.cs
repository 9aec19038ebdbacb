using Simile.Index.Tuning;

namespace Simile.Index;

/// <content>Measurement of the index's own recall.</content>
public sealed partial class IvfIndex
{
    private const int CheckedNearest = 10;

    // Checked when one in so many vectors has changed.
    private const int CheckedEach = 8;

    // What searches shall surely find of their ten nearest, unless the caller chose the breadth.
    private const double WantedRecall = 0.965;

    // Lists with too low recall are trained again once one in this many vectors was added after the last training.
    private const int TrainedEach = 16;

    // And in any case once this share of the vectors has been replaced since: held vectors still find each other by lists and codes of
    // others, queries may not.
    private const double ReplacedShare = 0.5;

    // Below this recall the lists are not used, however much a scan costs.
    private const double LeastRecall = 0.85;

    // The number of scanned lists is increased up to this factor.
    private const int MostWidened = 4;

    // This many numbers are scanned in a millisecond or two.
    private const long SmallScan = 1 << 23;

    private int _sinceChecked;
    private int _sinceTrained;
    private int _goneSinceTrained;
    private int _leastProbe;
    private volatile bool _scans;

    /// <inheritdoc/>
    /// <remarks>
    /// Small indexes compare every vector. Larger ones decide so if their own measurement finds that lists and codes miss too much, until
    /// <see cref="NProbe"/> is set.
    /// </remarks>
    public override bool IsExact => _partition is null || (_nprobe is null && _scans);

    private void CheckWhenDue(int changed)
    {
        _sinceChecked += changed;
        if (_partition is not null && _sinceChecked >= Math.Max(1, _count / CheckedEach))
        {
            CheckRecall();
        }
    }

    // Scans more lists until the recall is high enough. If that does not help, trains the lists again if many vectors were added since the
    // last training; otherwise searches compare all vectors.
    private void CheckRecall()
    {
        (_sinceChecked, _leastProbe, _scans) = (0, 0, false);
        int[] ids = [.. HeldIds()];
        if (_nprobe is not null || _partition is null || ids.Length == 0)
        {
            return;
        }

        var check = new RecallCheck(Dimensions, ids, (id, row) => _rows.Row(id).CopyTo(row), Score, CheckedNearest);
        var isReplaced = Math.Min(_goneSinceTrained, _sinceTrained) >= ReplacedShare * ids.Length;
        var recall = isReplaced ? 0 : Widen(check);
        if (recall < WantedRecall && _sinceTrained >= Math.Max(1, ids.Length / TrainedEach))
        {
            Retrain();
            (_sinceChecked, _leastProbe) = (0, 0);
            recall = Widen(check);
        }

        _scans = recall < LeastRecall || (recall < WantedRecall && (long)ids.Length * Dimensions <= SmallScan);
    }

    private double Widen(RecallCheck check)
    {
        var first = NProbe;
        var recall = 0.0;
        for (var probes = first; probes <= MostWidened * first && recall < WantedRecall; probes *= 2)
        {
            _leastProbe = probes;
            recall = check.Recall((query, hits) => Search(query, hits));
        }

        return recall;
    }

    private float Score(ReadOnlySpan<float> query, int id)
    {
        var score = 0f;
        return ScoreOf(query, id, ref score);
    }
}

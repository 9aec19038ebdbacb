using Simile.Index.Codes;
using Simile.Index.Hnsw;
using Simile.Index.Ivf;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

/// <content>Training of the lists.</content>
public sealed partial class IvfIndex
{
    // With this many times more or fewer vectors than at the last training, lists are trained again.
    private const int Growth = 4;

    private const int BlockRows = 16_384;

    // With fewer dimensions there is no gain.
    private const int FewestForAxes = 128;
    private const int AxesSample = 4096;
    private const int MostAxes = 256;
    private const int AxesBlock = 16;
    private const double LostByAxes = 0.05;

    /// <summary>
    /// Trains the lists again for the current vectors. Useful after many were replaced by different ones. Searches continue meanwhile.
    /// </summary>
    public void Rebuild()
    {
        using var change = Change();
        if (_count > 0)
        {
            Retrain();
            CheckRecall();
        }
    }

    private bool ShouldTrain(long count) => count >= _options.TrainFrom && count >= Growth * (long)(_partition?.TrainedOn ?? 0);

    // If few vectors are left, most lists would be nearly empty, and a search would see too few vectors.
    private void TrainWhenShrunk()
    {
        if (_partition is not { } partition || _count > partition.TrainedOn / Growth)
        {
            return;
        }

        if (_count >= _options.TrainFrom)
        {
            Retrain();
            return;
        }

        var listOf = Array.ConvertAll(_listOf, list => Math.Min(list, 0));
        Replace(null, listOf);
    }

    private void Retrain()
    {
        _sinceChecked = _count;
        var partition = Train([.. HeldIds()], new TrainingWork(_count, null, default), out var listOf);
        Replace(partition, listOf);
    }

    private void Replace(IvfPartition? partition, int[] listOf)
    {
        var old = _partition;
        Write(() => (_partition, _listOf) = (partition, listOf));
        old?.Dispose();
    }

    // No lists if all vectors are huge: then all are scanned.
    private IvfPartition? Train(int[] ids, TrainingWork work, out int[] listOf)
    {
        listOf = (int[])_listOf.Clone();
        var wanted = _options.NList ?? (int)(4 * Math.Sqrt(ids.Length));
        var sampled = Sample.Rows(ids.Length, (int)Math.Min(ids.Length, (long)wanted * _options.TrainingVectors), _options.Seed)
            .Select(i => ids[i]);
        var sample = Rows(Different(sampled.Where(id => PrincipalAxes.IsUsual(_rows.Row(id)))));
        (_sinceTrained, _goneSinceTrained) = (0, 0);
        var lists = Math.Min(sample.Count, wanted);
        if (lists == 0)
        {
            foreach (var id in ids)
            {
                listOf[id] = 0;
            }

            return null;
        }

        work.Expect(((_options.Iterations + 1L) * sample.Count) + ids.Length);
        var axes = ChooseAxes(UsualRows.Of(sample)); // one that is far off would be nearly all of the variance
        sample = IvfPartition.Project(axes, sample);
        var centroids = KMeans.Train(
            sample, Sample.Of(sample, lists, _options.Seed), _options.Iterations, _options.Seed, work.Done, work.Cancelled);
        var codes = TrainCodes(UsualRows.Of(sample), ref axes, ref centroids, work);
        var partition = new IvfPartition(axes, centroids, codes, Metric, ids.Length);
        var nearest = Assign(ids, axes, centroids, work);
        var (starts, order) = KMeans.Group(nearest, lists);
        Parallel.For(0, lists, c => partition.Lists[c] = Fill(partition, c, order.AsSpan(starts[c], starts[c + 1] - starts[c]), ids));
        work.Cancelled.ThrowIfCancellationRequested();
        for (var i = 0; i < ids.Length; i++)
        {
            listOf[ids[i]] = nearest[i];
        }

        return partition;
    }

    // Copies would get centroids of their own and leave none for the rest.
    private IEnumerable<int> Different(IEnumerable<int> ids)
    {
        var seen = new HashSet<uint>();
        return ids.Where(id => seen.Add(EqualRows.Hash(_rows.Row(id))));
    }

    // As many as hold nearly all of the variance; null where that takes more than half of the dimensions.
    private PrincipalAxes? ChooseAxes(VectorMatrix vectors)
    {
        if (Dimensions < FewestForAxes)
        {
            return null;
        }

        var sample = Sample.Of(vectors, AxesSample, _options.Seed);
        var centered = new VectorMatrix(sample.Count, Dimensions);
        var mean = VectorMath.Center(sample, centered);
        var found = PrincipalAxes.Fit(centered, mean, Math.Min(MostAxes, Dimensions / 2), _options.Seed);
        var (left, count) = (found.Variance.Sum(variance => (double)variance), 0);
        for (var lost = LostByAxes * left; count < found.Count && left > lost; count++)
        {
            left -= found.Variance[count];
        }

        count = (count + AxesBlock - 1) / AxesBlock * AxesBlock;
        return count > found.Count ? null : new PrincipalAxes(mean, found.Axes.Slice(0, count), found.Variance[..count]);
    }

    // Axes are rotated so that all subspaces of the residuals have the same share of the variance.
    private ProductQuantizer TrainCodes(VectorMatrix sample, ref PrincipalAxes? axes, ref VectorMatrix centroids, TrainingWork work)
    {
        var nearest = new int[sample.Count];
        KMeans.Assign(sample, centroids, nearest, 0, work.Done, work.Cancelled);
        var residuals = new VectorMatrix(sample.Count, sample.Dimensions);
        for (var i = 0; i < sample.Count; i++)
        {
            Elementwise.Combine(1, sample[i], -1, centroids[nearest[i]], residuals[i]);
        }

        var options = new ProductQuantizerOptions
        {
            Subspaces = Subspaces(sample.Dimensions),
            Bits = 4,
            Seed = _options.Seed,
            TrainingVectors = 8192,
        };
        if (axes is not null)
        {
            var turn = BalancedRotation.Of(
                Sample.Of(residuals, options.TrainingVectors, _options.Seed),
                ProductQuantizer.Starts(sample.Dimensions, options.Subspaces));
            var turned = new VectorMatrix(axes.Count, Dimensions);
            MatrixProduct.Times(turn, axes.Axes, turned);
            (axes, centroids, residuals) =
                (new PrincipalAxes(axes.Mean, turned, axes.Variance), Turned(centroids, turn), Turned(residuals, turn));
        }

        return ProductQuantizer.Train(residuals, options, work.Cancelled);
    }

    private static VectorMatrix Turned(VectorMatrix rows, VectorMatrix turn)
    {
        var turned = new VectorMatrix(rows.Count, turn.Count);
        MatrixProduct.TimesTransposed(rows, turn, turned);
        return turned;
    }

    private int Subspaces(int width) => Math.Min(width, _options.Subspaces ?? Math.Max(1, width <= 256 ? width / 2 : width / 4));

    private int[] Assign(int[] ids, PrincipalAxes? axes, VectorMatrix centroids, TrainingWork work)
    {
        var nearest = new int[ids.Length];
        for (var from = 0; from < ids.Length; from += BlockRows)
        {
            var block = ids.AsSpan(from, Math.Min(BlockRows, ids.Length - from));
            KMeans.Assign(IvfPartition.Project(axes, Rows(block.ToArray())), centroids, nearest, from, work.Done, work.Cancelled);
        }

        return nearest;
    }

    private IvfList Fill(IvfPartition partition, int list, ReadOnlySpan<int> members, int[] ids)
    {
        var filled = new IvfList(partition.BlockBytes);
        filled.Reserve(members.Length);
        var symbols = new byte[partition.Quantizer.Subspaces];
        var scratch = new CodingScratch(partition.Width);
        foreach (var member in members)
        {
            var term = partition.Encode(_rows.Row(ids[member]), list, symbols, scratch);
            filled.Add(ids[member], symbols, term);
        }

        return filled;
    }

    private VectorMatrix Rows(IEnumerable<int> ids)
    {
        var wanted = ids as int[] ?? [.. ids];
        var rows = new VectorMatrix(wanted.Length, Dimensions);
        for (var i = 0; i < wanted.Length; i++)
        {
            _rows.Row(wanted[i]).CopyTo(rows[i]);
        }

        return rows;
    }
}

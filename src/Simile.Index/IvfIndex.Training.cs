using Simile.Index.Ivf;
using Simile.Index.Quantization;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

/// <content>Making the lists.</content>
public sealed partial class IvfIndex
{
    // So many times more or fewer vectors than the lists were made for: then they are made anew.
    private const int Growth = 4;

    private const int BlockRows = 1024;

    /// <summary>Makes the lists anew, for the vectors that are held now: after many were replaced by others that lie elsewhere. Searches go on meanwhile.</summary>
    public void Rebuild()
    {
        lock (_writer)
        {
            if (_count > 0)
            {
                Retrain();
            }
        }
    }

    private bool ShouldTrain(long count) => count >= _options.TrainFrom && count >= Growth * (long)(_partition?.TrainedOn ?? 0);

    // Where few are left of many, most lists would be all but empty, and a search would see too few vectors.
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
        Write(() => (_partition, _listOf) = (null, listOf));
    }

    private void Retrain()
    {
        var partition = Train([.. HeldIds()], new TrainingWork(_count, null, default), out var listOf);
        Write(() => (_partition, _listOf) = (partition, listOf));
    }

    private IvfPartition Train(int[] ids, TrainingWork work, out int[] listOf)
    {
        var lists = Math.Min(ids.Length, _options.NList ?? (int)(4 * Math.Sqrt(ids.Length)));
        var sample = Rows(Sample.Rows(ids.Length, (int)Math.Min(ids.Length, (long)lists * _options.TrainingVectors), _options.Seed).Select(i => ids[i]));
        work.Expect(((_options.Iterations + 1L) * sample.Count) + ids.Length);
        var centroids = KMeans.Train(sample, lists, _options.Iterations, _options.Seed, work);
        var partition = new IvfPartition(centroids, TrainCodes(sample, centroids, work), Metric, ids.Length);
        var nearest = Assign(ids, centroids, work);
        var (starts, order) = KMeans.Group(nearest, lists);
        Parallel.For(0, lists, c => partition.Lists[c] = Fill(partition, c, order.AsSpan(starts[c], starts[c + 1] - starts[c]), ids));
        work.Cancelled.ThrowIfCancellationRequested();
        listOf = (int[])_listOf.Clone();
        for (var i = 0; i < ids.Length; i++)
        {
            listOf[ids[i]] = nearest[i];
        }

        return partition;
    }

    private ProductQuantizer TrainCodes(VectorMatrix sample, VectorMatrix centroids, TrainingWork work)
    {
        var nearest = new int[sample.Count];
        KMeans.Assign(sample, centroids, nearest, work);
        var residuals = new VectorMatrix(sample.Count, Dimensions);
        for (var i = 0; i < sample.Count; i++)
        {
            Elementwise.Combine(1, sample[i], -1, centroids[nearest[i]], residuals[i]);
        }

        var options = new ProductQuantizerOptions { Subspaces = Subspaces(), Bits = 4, Seed = _options.Seed, TrainingVectors = 16_384 };
        return ProductQuantizer.Train(residuals, options, work.Cancelled);
    }

    private int Subspaces() => _options.Subspaces ?? Math.Max(1, Dimensions <= 256 ? Dimensions / 2 : Dimensions / 8);

    private int[] Assign(int[] ids, VectorMatrix centroids, TrainingWork work)
    {
        var nearest = new int[ids.Length];
        for (var from = 0; from < ids.Length; from += BlockRows)
        {
            var block = ids.AsSpan(from, Math.Min(BlockRows, ids.Length - from));
            KMeans.Assign(Rows(block.ToArray()), centroids, nearest.AsSpan(from, block.Length), work);
        }

        return nearest;
    }

    private IvfList Fill(IvfPartition partition, int list, ReadOnlySpan<int> members, int[] ids)
    {
        var filled = new IvfList(partition.BlockBytes);
        filled.Reserve(members.Length);
        var symbols = new byte[partition.Quantizer.Subspaces];
        var (residual, decoded) = (new float[Dimensions], new float[Dimensions]);
        foreach (var member in members)
        {
            var term = partition.Encode(_rows.Row(ids[member]), list, symbols, residual, decoded);
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

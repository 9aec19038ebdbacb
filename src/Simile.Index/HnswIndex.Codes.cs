using Simile.Index.Codes;
using Simile.Index.Hnsw;
using Simile.Index.Memory;
using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    private const int MostSampled = 8192;
    private const int BlockRows = 512;
    private const int TrainAgain = 8;

    // The axes of codes are computed from a sample once there are enough vectors, and again if there are many more or many that do not fit.
    // Then all vectors are encoded, and the result is true.
    private bool TrainWhenDue(int[] added)
    {
        var count = InGraph - _tombstones.Count;
        if (_options.Codes == HnswCodes.None || Metric is Metric.Manhattan or Metric.Hamming || Dimensions < _options.CodeDimensions
            || count < _options.CodesFrom
            || (_trainedOn > 0 && count < (long)TrainAgain * _trainedOn && _sinceTrained < Math.Max(_options.CodesFrom, count / 2)))
        {
            return false;
        }

        if (_graph.Codes is { } codes && _graph.CodeBytes is { } lines && count < (long)TrainAgain * _trainedOn)
        {
            EncodeLines(added);
            _sinceTrained = 0;
            if (new CodeCheck(_graph.Rows, LiveSlots()).Tell(codes, lines))
            {
                return true;
            }
        }

        Train(count);
        return true;
    }

    // The shortest codes that distinguish neighbors; none if even the longest do not.
    private void Train(int count)
    {
        (_trainedOn, _sinceTrained) = (count, 0);
        var sample = Sample();
        var live = LiveSlots();
        var check = new CodeCheck(_graph.Rows, live);
        for (var least = 1; least <= CodeLayout.MostLines && sample.Count > 0;)
        {
            var codes = PrincipalCodes.Train(sample, Metric, _options.Codes, _options.Seed, least);
            var lines = new NativeArray<byte>((long)_graph.Rows.Capacity * codes.Layout.Bytes);
            Encode([.. Enumerable.Range(0, _graph.Used)], codes, lines, null, default);
            var apart = Apart(live, codes, lines);
            if (CanBeApart(apart.Length, codes) && check.Tell(codes, lines))
            {
                Replace(old => old with { Codes = codes, CodeBytes = lines, Apart = apart, Scaled = IsScaled(live, codes, lines) });
                return;
            }

            least = 2 * codes.Layout.Lines;
            codes.Dispose();
            lines.Dispose();
        }

        Replace(old => old with { Codes = null, CodeBytes = null, Apart = [], Scaled = false });
    }

    // Vectors marked apart are scored by each search: together they may cost as much as the walk.
    private bool CanBeApart(int count, PrincipalCodes codes) =>
        count * SearchCost.OfRows(Dimensions).Jump <= SearchCost.OfCodes(codes.Layout.Lines).OfWalk(_options.Ef);

    private static unsafe int[] Apart(int[] slots, PrincipalCodes codes, NativeArray<byte> lines) =>
        [.. slots.Where(slot => codes.IsApart(lines.Pointer + ((long)slot * codes.Layout.Bytes)))];

    private static unsafe bool IsScaled(int[] slots, PrincipalCodes codes, NativeArray<byte> lines) =>
        slots.Any(slot => codes.Factor(lines.Pointer + ((long)slot * codes.Layout.Bytes)) > 1);

    private void EncodeLines(int[] slots)
    {
        if (_graph.Codes is not { } codes || _graph.CodeBytes is not { } lines)
        {
            return;
        }

        Encode(slots, codes, lines, null, default);
        _graph.Scaled |= IsScaled(slots, codes, lines);
        var apart = Apart(slots, codes, lines);
        if (apart.Length == 0)
        {
            return;
        }

        _graph.Apart = [.. _graph.Apart.Where(_graph.IsApart).Union(apart)];
        if (!CanBeApart(_graph.Apart.Length, codes))
        {
            Train(InGraph - _tombstones.Count);
        }
    }

    // Rows spread evenly over the used slots, without those so long that sums of them would overflow a float.
    private VectorMatrix Sample()
    {
        var slots = LiveSlots();
        var (wanted, count) = (Math.Min(slots.Length, MostSampled), 0);
        var sample = new VectorMatrix(wanted, Dimensions);
        for (var i = 0; i < wanted; i++)
        {
            _graph.Rows.CopyTo(slots[(int)((long)i * slots.Length / wanted)], sample[count]);
            count += PrincipalAxes.IsUsual(sample[count]) ? 1 : 0;
        }

        return count == wanted ? sample : sample.Slice(0, count);
    }

    // Slots that are or will be linked: removed vectors do not represent the index.
    private int[] LiveSlots()
    {
        var dead = _freeSlots.Concat(_tombstones).ToHashSet();
        return [.. Enumerable.Range(0, _graph.Used).Where(slot => !dead.Contains(slot))];
    }

    private BuildCodes MakeBuildCodes(PrincipalCodes codes, CancellationToken cancellationToken)
    {
        var build = new BuildCodes(_graph.Used, Math.Min(codes.Axes.Count, CodeLayout.Room(codes.Layout.Lines)));
        Encode([.. Enumerable.Range(0, _graph.Used)], codes, null, build, cancellationToken);
        return build;
    }

    /// <summary>Writes codes of slots: for searches, for building, or both.</summary>
    private unsafe void Encode(
        int[] slots, PrincipalCodes codes, NativeArray<byte>? lines, BuildCodes? build, CancellationToken cancellationToken) =>
        Parallel.For(0, (slots.Length + BlockRows - 1) / BlockRows, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            var part = slots.AsSpan(block * BlockRows, Math.Min(BlockRows, slots.Length - (block * BlockRows)));
            var rows = new VectorMatrix(part.Length, Dimensions);
            for (var i = 0; i < part.Length; i++)
            {
                _graph.Rows.CopyTo(part[i], rows[i]);
                Elementwise.Combine(1, rows[i], -1, codes.Axes.Mean, rows[i]);
            }

            var along = new VectorMatrix(part.Length, codes.Axes.Count);
            MatrixProduct.TimesTransposed(rows, codes.Axes.Axes, along);
            for (var i = 0; i < part.Length; i++)
            {
                if (lines is not null)
                {
                    codes.Encode(along[i], rows[i], lines.Pointer + ((long)part[i] * codes.Layout.Bytes));
                }

                build?.Encode(part[i], along[i], Pairwise<Dot>.One(rows[i], rows[i]));
            }
        });

    private void LinkAll(int[] slots, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        // Random order, so that the graph grows evenly and the first slots are a sample for entries.
        var order = (int[])slots.Clone();
        var linked = InGraph - slots.Length;
        new Random(_options.Seed + linked).Shuffle(order);
        if (_graph.Codes is { } codes && order.Length >= _options.CodesFrom && order.Length * 20L >= linked)
        {
            using var build = MakeBuildCodes(codes, cancellationToken);
            switch (KernelPaths.Best)
            {
                case KernelPath.Vector512:
                    Link(new CodeSpace<CodeKernel512>(build), new(build, products: true), order, linked, progress, cancellationToken);
                    break;
                case KernelPath.Vector256:
                    Link(new CodeSpace<CodeKernel256>(build), new(build, products: true), order, linked, progress, cancellationToken);
                    break;
                default:
                    Link(new CodeSpace<CodeKernel128>(build), new(build, products: true), order, linked, progress, cancellationToken);
                    break;
            }
        }
        else
        {
            Link(new RowSpace(_graph), new(_graph, products: true), order, linked, progress, cancellationToken);
        }
    }

    private void Link<TSpace>(
        TSpace close, TSpace products, int[] order, int linked, IProgress<int>? progress, CancellationToken cancellationToken)
        where TSpace : struct, INodeSpace
    {
        var edges = new Edges<TSpace>(close, Metric == Metric.Dot ? products : null);
        new GraphBuild<TSpace>(_graph, edges, _options, _scratches).Insert(order, linked, progress, cancellationToken);
    }
}

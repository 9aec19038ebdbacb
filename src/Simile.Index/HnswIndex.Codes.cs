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

    // One in so many coordinates may be greater than what 8 bits reach.
    private const int Outlier = 3000;

    // Codes' axes are found on a sample, once there are enough vectors, and again when there are many more: then all are coded, and true is returned.
    private bool TrainWhenDue()
    {
        var count = InGraph - _tombstones.Count;
        if (_options.Codes == HnswCodes.None || Metric is Metric.Manhattan or Metric.Hamming || Dimensions < _options.CodeDimensions
            || count < _options.CodesFrom || (_trainedOn > 0 && count < (long)TrainAgain * _trainedOn))
        {
            return false;
        }

        var sample = Sample();
        if (sample.Count == 0)
        {
            return false;
        }

        var codes = PrincipalCodes.Train(sample, Metric, _options.Codes, _options.Seed);
        var lines = new NativeArray<byte>((long)_graph.Rows.Capacity * codes.Layout.Bytes);
        Encode([.. Enumerable.Range(0, _graph.Used)], codes, lines, null, default);
        _trainedOn = count;
        Replace(old => old with { Codes = codes, Lines = lines });
        return true;
    }

    private void EncodeLines(int[] slots)
    {
        if (_graph.Codes is { } codes)
        {
            Encode(slots, codes, _graph.Lines, null, default);
        }
    }

    // Rows spread evenly over the slots that are in use, without those so long that sums of them would leave the range of a float.
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

    // Those that are linked or will be: vectors that were removed say nothing about those that are held.
    private int[] LiveSlots()
    {
        var dead = _freeSlots.Concat(_tombstones).ToHashSet();
        return [.. Enumerable.Range(0, _graph.Used).Where(slot => !dead.Contains(slot))];
    }

    private BuildCodes MakeBuildCodes(PrincipalCodes codes, CancellationToken cancellationToken)
    {
        var coordinates = Math.Min(codes.Axes.Count, CodeLayout.Room(codes.Layout.Lines));
        var build = new BuildCodes(_graph.Used, coordinates + (_graph.Tails is null ? 0 : 1), Greatest(codes));
        Encode([.. Enumerable.Range(0, _graph.Used)], codes, null, build, cancellationToken);
        return build;
    }

    private float Greatest(PrincipalCodes codes)
    {
        var sample = Sample();
        var along = new VectorMatrix(sample.Count, codes.Axes.Count);
        codes.Axes.Project(sample, along);
        var values = along.AsSpan().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MathF.Abs(values[i]);
        }

        Array.Sort(values);
        return values.Length == 0 ? 1 : MathF.Max(1e-20f, values[^(1 + (values.Length / Outlier))]);
    }

    /// <summary>Writes codes of slots: those that searches compare, those that a graph is built on, or both.</summary>
    private void Encode(int[] slots, PrincipalCodes codes, NativeArray<byte>? lines, BuildCodes? build, CancellationToken cancellationToken)
    {
        var tail = _graph.Tails is { } tails && build is not null ? Mean(tails, slots) : 0;
        Parallel.For(0, (slots.Length + BlockRows - 1) / BlockRows, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            var part = slots.AsSpan(block * BlockRows, Math.Min(BlockRows, slots.Length - (block * BlockRows)));
            var rows = new VectorMatrix(part.Length, Dimensions);
            for (var i = 0; i < part.Length; i++)
            {
                _graph.Rows.CopyTo(part[i], rows[i]);
            }

            var along = new VectorMatrix(part.Length, codes.Axes.Count);
            codes.Axes.Project(rows, along);
            for (var i = 0; i < part.Length; i++)
            {
                Encode(part[i], rows[i], along[i], codes, lines, build, tail);
            }
        });
    }

    private unsafe void Encode(
        int slot, ReadOnlySpan<float> row, ReadOnlySpan<float> along, PrincipalCodes codes, NativeArray<byte>? lines, BuildCodes? build, float meanTail)
    {
        var norm = -Metric.L2.Score(row, codes.Axes.Mean);
        if (lines is not null)
        {
            codes.Encode(along, norm, lines.Pointer + ((long)slot * codes.Layout.Bytes));
        }

        if (build is null)
        {
            return;
        }

        if (_graph.Tails is not { } tails)
        {
            build.Encode(slot, along, norm);
            return;
        }

        var tail = tails[slot] - meanTail;
        Span<float> longer = [.. along[..(build.Coordinates - 1)], tail];
        build.Encode(slot, longer, norm + (tail * tail));
    }

    private static float Mean(NativeArray<float> tails, int[] slots)
    {
        var sum = 0.0;
        foreach (var slot in slots)
        {
            sum += tails[slot];
        }

        return (float)(sum / slots.Length);
    }

    private void LinkAll(int[] slots, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        // Random order: the graph grows evenly, and the first ones are a sample to enter by.
        var order = (int[])slots.Clone();
        var linked = InGraph - slots.Length;
        new Random(_options.Seed + linked).Shuffle(order);
        if (_graph.Codes is { } codes && order.Length >= _options.CodesFrom && order.Length * 20L >= linked)
        {
            using var build = MakeBuildCodes(codes, cancellationToken);
            switch (KernelPaths.Best)
            {
                case KernelPath.Vector512:
                    Link(new CodeSpace<CodeKernel512>(build), order, linked, progress, cancellationToken);
                    break;
                case KernelPath.Vector256:
                    Link(new CodeSpace<CodeKernel256>(build), order, linked, progress, cancellationToken);
                    break;
                default:
                    Link(new CodeSpace<CodeKernel128>(build), order, linked, progress, cancellationToken);
                    break;
            }
        }
        else
        {
            Link(new RowSpace(_graph), order, linked, progress, cancellationToken);
        }
    }

    private void Link<TSpace>(TSpace space, int[] order, int linked, IProgress<int>? progress, CancellationToken cancellationToken)
        where TSpace : struct, INodeSpace =>
        new GraphBuild<TSpace>(_graph, space, _options, _scratches).Insert(order, linked, progress, cancellationToken);
}

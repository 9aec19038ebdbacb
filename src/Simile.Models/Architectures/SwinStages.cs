namespace Simile.Models.Architectures;

/// <summary>Rows and columns of patches, and the components of each.</summary>
internal readonly record struct SwinGrid(int Rows, int Columns, int Channels)
{
    /// <summary>Number of patches.</summary>
    public long Count => (long)Rows * Columns;
}

/// <summary>The stages of Swin (Liu et al. 2021), under the names that CLAP shares: attention in windows, every second time shifted; behind each stage four patches become one.</summary>
internal sealed class SwinStages(NetworkGraph network)
{
    // Of the norms that do not take config.json's.
    private const float MergeEpsilon = 1e-5f;

    /// <summary>Rows and columns of a window.</summary>
    public required int Window { get; init; }

    /// <summary>Of the norms.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Between the two linear layers.</summary>
    public required string Activation { get; init; }

    /// <summary>Writes all stages.</summary>
    /// <param name="x">[batch, patches, channels].</param>
    /// <param name="grid">The patches.</param>
    /// <param name="prefix">What stands before the number of a stage.</param>
    /// <param name="sizes">Blocks and attention heads of every stage.</param>
    /// <param name="enter">Told what enters a stage.</param>
    public (string X, SwinGrid Grid) Write(string x, SwinGrid grid, string prefix, IReadOnlyList<(int Blocks, int Heads)> sizes, Action<string, SwinGrid, int>? enter = null)
    {
        for (var stage = 0; stage < sizes.Count; stage++)
        {
            enter?.Invoke(x, grid, stage);
            for (var i = 0; i < sizes[stage].Blocks; i++)
            {
                x = Block(x, $"{prefix}{stage}.blocks.{i}.", grid, sizes[stage].Heads, isShifted: i % 2 == 1);
            }

            (x, grid) = stage < sizes.Count - 1 ? Merge(x, $"{prefix}{stage}.downsample.", grid) : (x, grid);
        }

        return (x, grid);
    }

    /// <summary>Blocks and heads by the lists of config.json.</summary>
    /// <exception cref="InvalidDataException">The lists are not of the same length.</exception>
    public static (int Blocks, int Heads)[] Sizes(ConfigFile config, string heads)
    {
        var (depths, numbers) = (config.Sizes("depths"), config.Sizes(heads));
        return depths.Length == numbers.Length ? [.. depths.Zip(numbers)]
            : throw new InvalidDataException($"config.json: depths and {heads} should be of the same length.");
    }

    // A window as large as the grid leaves nothing to shift.
    private string Block(string x, string prefix, SwinGrid grid, int heads, bool isShifted)
    {
        var side = Math.Min(Window, Math.Min(grid.Rows, grid.Columns));
        var windows = new SwinWindows(network.Graph, grid.Rows, grid.Columns, grid.Channels, side, isShifted && Math.Min(grid.Rows, grid.Columns) > Window ? side / 2 : 0);
        var y = windows.Part(network.LayerNorm(x, prefix + "layernorm_before", grid.Channels, Epsilon));
        y = windows.Join(Attend(y, prefix + "attention.", grid.Channels, heads, windows));
        x = network.Graph.Add("Add", [x, y]);
        var wide = network.Weights.Find(prefix + "intermediate.dense.weight")?.Shape[0] ?? 4L * grid.Channels;
        y = network.Linear(network.LayerNorm(x, prefix + "layernorm_after", grid.Channels, Epsilon), prefix + "intermediate.dense", wide, grid.Channels, Activation);
        return network.Graph.Add("Add", [x, network.Linear(y, prefix + "output.dense", grid.Channels, wide)]);
    }

    // [batch, windows, places, channels] to the same.
    private string Attend(string x, string prefix, int channels, int heads, SwinWindows windows)
    {
        var graph = network.Graph;
        var size = ConfigFile.Share(channels, heads);
        string Part(string name, params long[] order)
        {
            var y = network.Linear(x, $"{prefix}self.{name}", channels, channels, bias: network.Weights.Has($"{prefix}self.{name}.bias"));
            return graph.Transpose(graph.Reshape(y, -1, windows.Count, windows.Places, heads, size), order);
        }

        var scores = graph.Add("Mul", [graph.Add("MatMul", [Part("query", 0, 1, 3, 2, 4), Part("key", 0, 1, 3, 4, 2)]), graph.Scalar(1f / MathF.Sqrt(size))]);
        var table = network.Weights.Find(prefix + "self.relative_position_bias_table") is { Shape: [_, var columns] } found && columns == heads ? found
            : throw new InvalidDataException($"The checkpoint has no tensor {prefix}self.relative_position_bias_table for {heads} heads, which config.json's network needs.");
        scores = graph.Add("Add", [scores, graph.Weight<float>(windows.Bias(table.ToFloats().Span, heads, Window, table.Name), 1, 1, heads, windows.Places, windows.Places)]);
        if (windows.Mask() is { } mask)
        {
            scores = graph.Add("Add", [scores, graph.Weight<float>(mask, 1, windows.Count, 1, windows.Places, windows.Places)]);
        }

        var attended = graph.Add("MatMul", [graph.Add("Softmax", [scores], ("axis", -1L)), Part("value", 0, 1, 3, 2, 4)]);
        var joined = graph.Reshape(graph.Transpose(attended, 0, 1, 3, 2, 4), -1, windows.Count, windows.Places, channels);
        return network.Linear(joined, prefix + "output.dense", channels, channels);
    }

    // Four neighbours become one: their channels beside each other, normed, and mapped to twice as many as one had.
    private (string, SwinGrid) Merge(string x, string prefix, SwinGrid grid)
    {
        var graph = network.Graph;
        var (rows, columns, channels) = ((grid.Rows + 1) / 2, (grid.Columns + 1) / 2, grid.Channels);
        var map = graph.Reshape(x, -1, grid.Rows, grid.Columns, channels);
        var even = graph.Add("Pad", [map, graph.Constant(0L, 0, 0, 0, 0, (2 * rows) - grid.Rows, (2 * columns) - grid.Columns, 0)]);
        var apart = graph.Transpose(graph.Reshape(even, -1, rows, 2, columns, 2, channels), 0, 1, 3, 4, 2, 5);
        var joined = graph.Reshape(apart, -1, (long)rows * columns, 4L * channels);
        var normed = network.LayerNorm(joined, prefix + "norm", 4L * channels, MergeEpsilon);
        return (network.Linear(normed, prefix + "reduction", 2L * channels, 4L * channels, bias: false), new SwinGrid(rows, columns, 2 * channels));
    }
}

namespace Simile.Models.Architectures;

/// <summary>A grid of patches: rows and columns as values of the graph (int64 [1] each), and the number of channels.</summary>
internal sealed record SwinGrid(string Rows, string Columns, int Channels);

/// <summary>
/// The stages of Swin (Liu et al. 2021), with names that CLAP shares: window attention, shifted in every second block; after each stage
/// four patches are merged.
/// </summary>
internal sealed class SwinStages(NetworkGraph network)
{
    // Epsilon of the norms that do not use config.json's.
    private const float MergeEpsilon = 1e-5f;

    /// <summary>Side of a window in patches.</summary>
    public required int Window { get; init; }

    /// <summary>Epsilon of the norms.</summary>
    public required float Epsilon { get; init; }

    /// <summary>The activation between the two linear layers.</summary>
    public required string Activation { get; init; }

    /// <summary>Writes all stages.</summary>
    /// <param name="x">[batch, patches, channels].</param>
    /// <param name="grid">The patches.</param>
    /// <param name="prefix">The prefix before the number of a stage.</param>
    /// <param name="sizes">Number of blocks and of attention heads per stage.</param>
    /// <param name="enter">Called with the input of each stage.</param>
    public (string X, SwinGrid Grid) Write(
        string x, SwinGrid grid, string prefix, IReadOnlyList<(int Blocks, int Heads)> sizes, Action<string, SwinGrid, int>? enter = null)
    {
        for (var stage = 0; stage < sizes.Count; stage++)
        {
            enter?.Invoke(x, grid, stage);
            SwinWindows[] windows = [new SwinWindows(network.Graph, grid, Window, isShifted: false), new SwinWindows(
                network.Graph, grid, Window, isShifted: true)];
            for (var i = 0; i < sizes[stage].Blocks; i++)
            {
                x = Block(x, $"{prefix}{stage}.blocks.{i}.", windows[i % 2], grid.Channels, sizes[stage].Heads);
            }

            (x, grid) = stage < sizes.Count - 1 ? Merge(x, $"{prefix}{stage}.downsample.", grid) : (x, grid);
        }

        return (x, grid);
    }

    /// <summary>Reads blocks and heads from config.json.</summary>
    /// <exception cref="InvalidDataException">The lists have different lengths.</exception>
    public static (int Blocks, int Heads)[] Sizes(ConfigFile config, string heads)
    {
        var (depths, numbers) = (config.Sizes("depths"), config.Sizes(heads));
        return depths.Length == numbers.Length ? [.. depths.Zip(numbers)]
            : throw new InvalidDataException($"config.json: depths and {heads} must have the same length.");
    }

    private string Block(string x, string prefix, SwinWindows windows, int channels, int heads)
    {
        var y = windows.Part(network.LayerNorm(x, prefix + "layernorm_before", channels, Epsilon));
        y = windows.Join(Attend(y, prefix + "attention.", channels, heads, windows));
        x = network.Graph.Add("Add", [x, y]);
        var wide = network.Weights.Find(prefix + "intermediate.dense.weight")?.Shape[0] ?? 4L * channels;
        y = network.Linear(
            network.LayerNorm(x, prefix + "layernorm_after", channels, Epsilon), prefix + "intermediate.dense", wide, channels, Activation);
        return network.Graph.Add("Add", [x, network.Linear(y, prefix + "output.dense", channels, wide)]);
    }

    // Input and output are [batch, windows, positions, channels].
    private string Attend(string x, string prefix, int channels, int heads, SwinWindows windows)
    {
        var graph = network.Graph;
        var size = ConfigFile.Share(channels, heads);
        string Part(string name, params long[] order)
        {
            var y = network.Linear(x, $"{prefix}self.{name}", channels, channels, bias: network.Weights.Has($"{prefix}self.{name}.bias"));
            return graph.Transpose(windows.Reshape(y, heads, size), order);
        }

        var scores = graph.Add(
            "Mul", [graph.Add("MatMul", [Part("query", 0, 1, 3, 2, 4), Part("key", 0, 1, 3, 4, 2)]), graph.Scalar(1f / MathF.Sqrt(size))]);
        scores = graph.Add(
            "Add", [scores, windows.Bias(network.Weights.Get(prefix + "self.relative_position_bias_table", windows.Distances, heads))]);
        if (windows.Mask is { } mask)
        {
            scores = graph.Add("Add", [scores, mask]);
        }

        var attended = graph.Add("MatMul", [graph.Add("Softmax", [scores], ("axis", -1L)), Part("value", 0, 1, 3, 2, 4)]);
        return network.Linear(
            windows.Reshape(graph.Transpose(attended, 0, 1, 3, 2, 4), channels), prefix + "output.dense", channels, channels);
    }

    // Patch merging: the channels of four neighbors are concatenated, normalized, and projected to twice the channels of one. An odd side
    // is zero-padded.
    private (string, SwinGrid) Merge(string x, string prefix, SwinGrid grid)
    {
        var graph = network.Graph;
        string Half(string size) => graph.Add("Div", [graph.Add("Add", [size, graph.Constant(1L)]), graph.Constant(2L)]);
        string Missing(string half, string size) => graph.Add("Sub", [graph.Add("Mul", [half, graph.Constant(2L)]), size]);
        var (rows, columns, channels) = (Half(grid.Rows), Half(grid.Columns), grid.Channels);
        var map = graph.Add("Reshape", [x, graph.Concat(0, graph.Constant(-1L), grid.Rows, grid.Columns, graph.Constant((long)channels))]);
        var even = graph.Add("Pad", [map, graph.Concat(
            0, graph.Constant(0L, 0, 0, 0, 0), Missing(rows, grid.Rows), Missing(columns, grid.Columns), graph.Constant(0L))]);
        var two = graph.Constant(2L);
        var apart = graph.Add(
            "Reshape", [even, graph.Concat(0, graph.Constant(-1L), rows, two, columns, two, graph.Constant((long)channels))]);
        var joined = graph.Add("Reshape", [graph.Transpose(apart, 0, 1, 3, 4, 2, 5), graph.Concat(
            0, graph.Constant(-1L), graph.Add("Mul", [rows, columns]), graph.Constant(4L * channels))]);
        var normed = network.LayerNorm(joined, prefix + "norm", 4L * channels, MergeEpsilon);
        return (network.Linear(normed, prefix + "reduction", 2L * channels, 4L * channels, bias: false),
            new SwinGrid(rows, columns, 2 * channels));
    }
}

namespace Simile.Models.Architectures;

/// <summary>Swin (Liu et al. 2021) with the names of transformers' SwinModel, for pictures of the size that config.json says.</summary>
internal sealed class Swin
{
    // Of the norms that do not take config.json's.
    private const float Epsilon = 1e-5f;

    private readonly PictureGraph _picture;
    private readonly float _epsilon;
    private readonly string _activation;
    private readonly int _window;

    private Swin(PictureGraph picture)
    {
        _picture = picture;
        _epsilon = picture.Config.Positive("layer_norm_eps", 1e-5f);
        _activation = picture.Config.Text("hidden_act", "gelu");
        _window = picture.Config.Size("window_size");
    }

    /// <summary>Writes the whole network.</summary>
    public static void Build(PictureGraph picture) => new Swin(picture).Build();

    private void Build()
    {
        var config = _picture.Config;
        var (patch, side) = (config.Size("patch_size"), config.Size("image_size"));
        var (depths, heads) = (config.Sizes("depths"), config.Sizes("num_heads"));
        if (depths.Length != heads.Length || side % patch != 0 || side / patch > 1 << 10)
        {
            throw new InvalidDataException("config.json: depths and num_heads should be of the same length, and image_size a multiple of patch_size.");
        }

        var grid = new Grid(side / patch, side / patch, config.Size("embed_dim"));
        var x = _picture.Patches(_picture.Pixels, "embeddings.patch_embeddings.projection", grid.Channels, _picture.Channels, patch, patch);
        x = _picture.LayerNorm(x, "embeddings.norm", grid.Channels, Epsilon);
        if (_picture.Weights.Find("embeddings.position_embeddings") is { } places && places.Length == grid.Count * grid.Channels)
        {
            x = _picture.Graph.Add("Add", [x, _picture.Graph.Weight(places)]);
        }

        for (var stage = 0; stage < depths.Length; stage++)
        {
            _picture.OfferPatches($"hidden_states.{stage}", x, grid.Channels);
            for (var i = 0; i < depths[stage]; i++)
            {
                x = Block(x, $"encoder.layers.{stage}.blocks.{i}.", grid, heads[stage], isShifted: i % 2 == 1);
            }

            (x, grid) = stage < depths.Length - 1 ? Merge(x, $"encoder.layers.{stage}.downsample.", grid) : (x, grid);
        }

        _picture.OfferPatches($"hidden_states.{depths.Length}", x, grid.Channels);
        x = _picture.LayerNorm(x, "layernorm", grid.Channels, _epsilon);
        _picture.OfferPatches("last_hidden_state", x, grid.Channels);
        var mean = _picture.Graph.Add("ReduceMean", [x, _picture.Graph.Constant(1L)], ("keepdims", 0L));
        _picture.OfferVector("pooler_output", mean, grid.Channels);
        ImageHeads.Classify(_picture, mean, "classifier", grid.Channels);
    }

    // A window as large as the grid leaves nothing to shift.
    private string Block(string x, string prefix, Grid grid, int heads, bool isShifted)
    {
        var side = Math.Min(_window, Math.Min(grid.Rows, grid.Columns));
        var windows = new SwinWindows(_picture.Graph, grid.Rows, grid.Columns, grid.Channels, side, isShifted && Math.Min(grid.Rows, grid.Columns) > _window ? side / 2 : 0);
        var y = windows.Part(_picture.LayerNorm(x, prefix + "layernorm_before", grid.Channels, _epsilon));
        y = windows.Join(Attend(y, prefix + "attention.", grid.Channels, heads, windows));
        x = _picture.Graph.Add("Add", [x, y]);
        var wide = _picture.Weights.Find(prefix + "intermediate.dense.weight")?.Shape[0] ?? 4L * grid.Channels;
        y = _picture.Linear(_picture.LayerNorm(x, prefix + "layernorm_after", grid.Channels, _epsilon), prefix + "intermediate.dense", wide, grid.Channels, _activation);
        return _picture.Graph.Add("Add", [x, _picture.Linear(y, prefix + "output.dense", grid.Channels, wide)]);
    }

    // [batch, windows, places, channels] to the same.
    private string Attend(string x, string prefix, int channels, int heads, SwinWindows windows)
    {
        var graph = _picture.Graph;
        var size = ConfigFile.Share(channels, heads);
        string Part(string name, params long[] order)
        {
            var y = _picture.Linear(x, $"{prefix}self.{name}", channels, channels, bias: _picture.Weights.Has($"{prefix}self.{name}.bias"));
            return graph.Transpose(graph.Reshape(y, -1, windows.Count, windows.Places, heads, size), order);
        }

        var scores = graph.Add("Mul", [graph.Add("MatMul", [Part("query", 0, 1, 3, 2, 4), Part("key", 0, 1, 3, 4, 2)]), graph.Scalar(1f / MathF.Sqrt(size))]);
        var table = _picture.Weights.Find(prefix + "self.relative_position_bias_table") is { Shape: [_, var columns] } found && columns == heads ? found
            : throw new InvalidDataException($"The checkpoint has no tensor {prefix}self.relative_position_bias_table for {heads} heads, which config.json's network needs.");
        scores = graph.Add("Add", [scores, graph.Weight<float>(windows.Bias(table.ToFloats().Span, heads, _window, table.Name), 1, 1, heads, windows.Places, windows.Places)]);
        if (windows.Mask() is { } mask)
        {
            scores = graph.Add("Add", [scores, graph.Weight<float>(mask, 1, windows.Count, 1, windows.Places, windows.Places)]);
        }

        var attended = graph.Add("MatMul", [graph.Add("Softmax", [scores], ("axis", -1L)), Part("value", 0, 1, 3, 2, 4)]);
        var joined = graph.Reshape(graph.Transpose(attended, 0, 1, 3, 2, 4), -1, windows.Count, windows.Places, channels);
        return _picture.Linear(joined, prefix + "output.dense", channels, channels);
    }

    // Four neighbours become one: their channels beside each other, normed, and mapped to twice as many as one had.
    private (string, Grid) Merge(string x, string prefix, Grid grid)
    {
        var graph = _picture.Graph;
        var (rows, columns, channels) = ((grid.Rows + 1) / 2, (grid.Columns + 1) / 2, grid.Channels);
        var map = graph.Reshape(x, -1, grid.Rows, grid.Columns, channels);
        var even = graph.Add("Pad", [map, graph.Constant(0L, 0, 0, 0, 0, (2 * rows) - grid.Rows, (2 * columns) - grid.Columns, 0)]);
        var apart = graph.Transpose(graph.Reshape(even, -1, rows, 2, columns, 2, channels), 0, 1, 3, 4, 2, 5);
        var joined = graph.Reshape(apart, -1, (long)rows * columns, 4L * channels);
        var normed = _picture.LayerNorm(joined, prefix + "norm", 4L * channels, Epsilon);
        return (_picture.Linear(normed, prefix + "reduction", 2L * channels, 4L * channels, bias: false), new Grid(rows, columns, 2 * channels));
    }

    private readonly record struct Grid(int Rows, int Columns, int Channels)
    {
        public long Count => (long)Rows * Columns;

    }
}

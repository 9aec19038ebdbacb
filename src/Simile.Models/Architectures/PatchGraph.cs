using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Architectures;

/// <summary>A network that processes a picture (or a spectrogram as a picture) as a sequence of square patches.</summary>
internal class PatchGraph(GraphBuilder graph, ConfigFile config, Weights weights, NetworkOutputs outputs)
    : NetworkGraph(graph, config, weights, outputs)
{
    /// <summary>Rows and columns of patches: int64 [2].</summary>
    public string Grid { get; private set; } = string.Empty;

    /// <summary>Sets the grid of a network whose patches are computed elsewhere.</summary>
    public void OfGrid(string grid) => Grid = grid;

    /// <summary>Converts a picture to patch vectors, row by row: [batch, channels, height, width] to [batch, patches, hidden].</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="name">The convolution that computes them.</param>
    /// <param name="hidden">Components per vector.</param>
    /// <param name="channels">Channels of the picture.</param>
    /// <param name="size">Height and width of a patch.</param>
    /// <param name="stride">Vertical and horizontal distance between patches.</param>
    public string Patches(string pixels, string name, int hidden, int channels, int size, params long[] stride)
    {
        var bias = Weights.Has(name + ".bias") ? Weights.Get(name + ".bias", hidden) : null;
        var patches = Graph.Conv(pixels, Weights.Get(name + ".weight", hidden, channels, size, size), bias, stride);
        Grid = Graph.Sizes(patches, 2, 4);
        return Graph.Transpose(Graph.Reshape(patches, 0, 0, -1), 0, 2, 1);
    }

    /// <summary>
    /// Prepends learned vectors: each tensor holds one or several, in any shape whose last axis is <paramref name="hidden"/>.
    /// </summary>
    public string Prepend(string x, int hidden, params string[] names)
    {
        var batch = Graph.Sizes(x, 0, 1);
        var parts = new List<string>();
        foreach (var name in names)
        {
            var tensor = Weights.Require(name);
            var count = tensor.Length % hidden == 0
                ? tensor.Length / hidden
                : throw new InvalidDataException($"Tensor {name} must hold vectors of {hidden} numbers.");
            parts.Add(
                Graph.Add("Expand", [Graph.Weight(tensor.ToFloats(), 1, count, hidden), Graph.Concat(0, batch, Graph.Constant(1L, 1L))]));
        }

        return Graph.Concat(1, [.. parts, x]);
    }

    /// <summary>
    /// The position embeddings. Those of the patches are resampled if the picture size differs from training.
    /// </summary>
    /// <param name="name">A table: first the positions of other tokens, then those of a grid.</param>
    /// <param name="hidden">Components per position.</param>
    /// <param name="others">Number of positions before the patches: class, distillation and register tokens.</param>
    /// <param name="filter">The reference's resampling.</param>
    /// <param name="grid">Rows and columns of the grid; null for a square.</param>
    public string Places(
        string name, int hidden, int others, PositionFilter filter = PositionFilter.Bicubic, (int Rows, int Columns)? grid = null)
    {
        var table = Weights.Require(name);
        var count = table.Length / hidden;
        var side = (int)Math.Round(Math.Sqrt(Math.Max(0, count - others)));
        var (rows, columns) = grid ?? (side, side);
        if (table.Length % hidden != 0 || rows < 1 || columns < 1 || ((long)rows * columns) + others != count)
        {
            throw new InvalidDataException(
                $"Tensor {name} must hold the positions of {(grid is null ? "a square grid" : $"{rows} x {columns} patches")} and {others} "
                + $"more, of {hidden} numbers each.");
        }

        var all = table.ToFloats();
        var places = PositionTable.Resample(Graph, all[(others * hidden)..], rows, columns, hidden, Grid, filter);
        return others == 0 ? places : Graph.Concat(1, Graph.Weight(all[..(others * hidden)], 1, others, hidden), places);
    }
}

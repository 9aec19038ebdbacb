using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Tests.Architectures;

public class PositionTableTests
{
    private const int Width = 3;

    public static TheoryData<int, int, int, int> Sizes() => new()
    {
        { 6, 6, 6, 6 }, { 6, 6, 4, 6 }, { 6, 6, 6, 4 }, { 6, 6, 4, 3 }, { 6, 6, 9, 13 }, { 6, 6, 2, 11 }, { 6, 6, 1, 1 }, { 6, 6, 1, 7 },
        { 37, 37, 16, 16 }, { 4, 4, 32, 5 }, { 3, 8, 3, 8 }, { 3, 8, 5, 2 }, { 1, 1, 3, 2 }, { 2, 5, 1, 4 }, { 16, 16, 37, 14 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_table_is_resampled_as_PyTorch_does_it(int rows, int columns, int outRows, int outColumns)
    {
        foreach (var filter in Enum.GetValues<PositionFilter>())
        {
            var table = Table(rows, columns, Width);
            var graph = new GraphBuilder();
            var resampled = PositionTable.Resample(graph, table, rows, columns, Width, graph.Constant((long)outRows, outColumns), filter);
            var expected = SlowPositions.Resample(table, (rows, columns), (outRows, outColumns), Width, filter);
            var actual = graph.Evaluate(resampled)[0];
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
        }
    }

    // torch 1.13.0, torch.nn.functional.interpolate(t, size=(2, 5), mode='bicubic', …), and scale_factor=(2.1 / 3, 5.1 / 4) for the last.
    [Theory]
    [InlineData(
        PositionFilter.Bicubic,
        new[] { -0.863922, -0.280947, -0.062286, 0.201476, 0.86003, -0.257477, 0.325498, 0.752625, 0.187527, -0.892244 })]
    [InlineData(
        PositionFilter.BicubicAntialias,
        new[] { -0.629964, -0.035017, -0.015725, 0.048332, 0.727436, -0.112307, 0.482639, 0.620561, 0.033277, -0.73511 })]
    [InlineData(PositionFilter.BicubicCorners, new[] { -1.25, -0.749023, -0.125, 0.499023, 1.0, -0.5, 0.000977, 0.882812, 0.625977, -1.0 })]
    [InlineData(
        PositionFilter.BicubicOffset,
        new[] { -0.938316, -0.385124, -0.065958, 0.211005, 0.853957, -0.099919, 0.509749, 0.702617, 0.069428, -0.742844 })]
    internal void Numbers_that_PyTorch_printed_come_out(PositionFilter filter, double[] expected)
    {
        var graph = new GraphBuilder();
        var actual = graph.Evaluate(PositionTable.Resample(graph, Table(3, 4, 1), 3, 4, 1, graph.Constant(2L, 5), filter))[0];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
    }

    [Theory]
    [InlineData(3, 4, 4)]
    [InlineData(3, 2, 5)]
    [InlineData(4, 6, 3)]
    [InlineData(4, 1, 1)]
    public void Distances_of_BEiT_are_resampled_as_its_reference_does_it(int side, int rows, int columns)
    {
        const int Heads = 2;
        var reach = (2 * side) - 1;
        var table = Enumerable.Range(0, ((reach * reach) + 3) * Heads).Select(i => MathF.Sin(i * 1.7f)).ToArray();
        var tensor = new Tensor(
            "table",
            DType.F32,
            [(reach * reach) + 3, Heads],
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(table.AsSpan()).ToArray());
        using var checkpoint = new Checkpoint(new Dictionary<string, Tensor> { ["table"] = tensor });
        var graph = new GraphBuilder();
        using var config = System.Text.Json.JsonDocument.Parse("{}");
        var picture = new PictureGraph(graph, new ConfigFile(config.RootElement), new Weights(checkpoint), new NetworkOutputs(graph, []));
        picture.OfGrid(graph.Constant((long)rows, columns));
        var actual = graph.Evaluate(new BeitDistances(picture, side, Heads).Scores("table"))[0];

        var (down, across) = (SlowPositions.Bilinear(reach, (2 * rows) - 1, antialias: false),
            SlowPositions.Bilinear(reach, (2 * columns) - 1, antialias: false));
        var tokens = (rows * columns) + 1;
        for (var at = 0; at < Heads * tokens * tokens; at++)
        {
            var (head, i, j) = (at / (tokens * tokens), at / tokens % tokens, at % tokens);
            var expected = i == 0 || j == 0
                ? table[(((reach * reach) + (i == 0 && j == 0 ? 2 : i == 0 ? 0 : 1)) * Heads) + head]
                : Patches(i - 1, j - 1, head);
            Assert.Equal(expected, actual[at], 1e-5);
        }

        double Patches(int i, int j, int head)
        {
            var (y, x) = ((i / columns) - (j / columns) + rows - 1, (i % columns) - (j % columns) + columns - 1);
            return Enumerable.Range(0, reach * reach)
                .Sum(cell => down[y][cell / reach] * across[x][cell % reach] * table[(cell * Heads) + head]);
        }
    }

    // Numbers that no short rule repeats.
    private static float[] Table(int rows, int columns, int width) =>
        [.. Enumerable.Range(0, rows * columns * width)
            .Select(i => ((((i / width / columns * 7) + (i / width % columns * 3) + (i % width * 5)) % 11) - 5) / 4f)];
}

using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;

namespace Simile.Models.Tests.Architectures;

public class SwinWindowsTests
{
    [Theory]
    [InlineData(8, 8, 4)]
    [InlineData(9, 6, 4)]
    [InlineData(5, 11, 3)]
    [InlineData(3, 7, 4)] // not larger than the window: it shrinks, without a shift
    [InlineData(4, 4, 4)]
    [InlineData(2, 2, 7)]
    public void Windows_of_a_grid_of_any_size_hold_what_they_should_and_go_back(int rows, int columns, int window)
    {
        var map = Enumerable.Range(1, rows * columns).Select(i => (float)i).ToArray();
        foreach (var isShifted in new[] { false, true })
        {
            var graph = new GraphBuilder();
            var windows = new SwinWindows(
                graph, new SwinGrid(graph.Constant((long)rows), graph.Constant((long)columns), 1), window, isShifted);
            var parted = windows.Part(graph.Weight<float>(map, 1, rows * columns, 1));
            var results = graph.Evaluate(windows.Mask is { } mask ? [parted, windows.Join(parted), mask] : [parted, windows.Join(parted)]);
            var side = Math.Min(window, Math.Min(rows, columns));
            var shift = isShifted && Math.Min(rows, columns) > window ? side / 2 : 0;
            Assert.Equal(Part(rows, columns, side, shift, (y, x) => y < rows && x < columns ? map[(y * columns) + x] : 0), results[0]);
            Assert.Equal(map, results[1]);
            if (isShifted)
            {
                Assert.Equal(Mask(rows, columns, side, shift), results[2]);
            }
        }
    }

    [Theory]
    [InlineData(8, 8, 4)]
    [InlineData(3, 7, 4)]
    public void The_number_of_a_distance_is_that_of_the_largest_window(int rows, int columns, int window)
    {
        var reach = (2 * window) - 1;
        var table = Enumerable.Range(0, reach * reach * 2).Select(i => (float)i).ToArray();
        var graph = new GraphBuilder();
        var windows = new SwinWindows(
            graph, new SwinGrid(graph.Constant((long)rows), graph.Constant((long)columns), 1), window, isShifted: false);
        var tensor = new Tensor(
            "table", DType.F32, [reach * reach, 2], System.Runtime.InteropServices.MemoryMarshal.AsBytes(table.AsSpan()).ToArray());
        var side = Math.Min(window, Math.Min(rows, columns));
        var actual = graph.Evaluate(windows.Bias(tensor))[0];
        Assert.Equal(2 * side * side * side * side, actual.Length);
        for (var at = 0; at < actual.Length; at++)
        {
            var (head, i, j) = (at / (side * side * side * side), at / (side * side) % (side * side), at % (side * side));
            var row = (((i / side) - (j / side) + window - 1) * reach) + (i % side) - (j % side) + window - 1;
            Assert.Equal(table[(row * 2) + head], actual[at]);
        }
    }

    // Place (y, x) of a window lies at the shifted place of the grid.
    private static float[] Part(int rows, int columns, int side, int shift, Func<int, int, float> value)
    {
        var (down, across) = ((rows + side - 1) / side, (columns + side - 1) / side);
        var parted = new List<float>();
        for (var window = 0; window < down * across; window++)
        {
            for (var place = 0; place < side * side; place++)
            {
                var (y, x) = ((window / across * side) + (place / side), (window % across * side) + (place % side));
                parted.Add(value((y + shift) % (down * side), (x + shift) % (across * side)));
            }
        }

        return [.. parted];
    }

    // Two places see each other where neither was rolled around an edge that the other was not rolled around.
    private static float[] Mask(int rows, int columns, int side, int shift)
    {
        var (height, width) = ((rows + side - 1) / side * side, (columns + side - 1) / side * side);
        int Band(int at, int size) => shift == 0 ? 0 : at < shift ? 2 : at < size - side + shift ? 0 : 1;
        var regions = Part(rows, columns, side, shift, (y, x) => (Band(y, height) * 3) + Band(x, width));
        var (places, mask) = (side * side, new List<float>());
        for (var window = 0; window < regions.Length / places; window++)
        {
            for (var i = 0; i < places * places; i++)
            {
                mask.Add(regions[(window * places) + (i / places)] == regions[(window * places) + (i % places)] ? 0 : -100);
            }
        }

        return [.. mask];
    }
}

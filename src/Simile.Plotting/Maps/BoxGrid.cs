using Simile.Plotting.Drawing;

namespace Simile.Plotting.Maps;

/// <summary>Occupied boxes in a grid, so that the test for overlap looks only at boxes in the same cells.</summary>
internal sealed class BoxGrid(float cell)
{
    private readonly Dictionary<(int X, int Y), List<Box>> _cells = [];

    public bool IsFree(Box box) =>
        !Cells(box).Any(at => _cells.TryGetValue(at, out var boxes) && boxes.Exists(taken => taken.Overlaps(box)));

    public void Add(Box box)
    {
        foreach (var at in Cells(box))
        {
            if (!_cells.TryGetValue(at, out var boxes))
            {
                _cells[at] = boxes = [];
            }

            boxes.Add(box);
        }
    }

    private IEnumerable<(int X, int Y)> Cells(Box box)
    {
        for (var y = (int)MathF.Floor(box.Top / cell); y <= (int)MathF.Floor(box.Bottom / cell); y++)
        {
            for (var x = (int)MathF.Floor(box.Left / cell); x <= (int)MathF.Floor(box.Right / cell); x++)
            {
                yield return (x, y);
            }
        }
    }
}

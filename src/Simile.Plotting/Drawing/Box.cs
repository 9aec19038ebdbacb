using SkiaSharp;

namespace Simile.Plotting.Drawing;

/// <summary>A rectangle in pixels, y downward.</summary>
internal readonly record struct Box(float Left, float Top, float Width, float Height)
{
    public float Right => Left + Width;

    public float Bottom => Top + Height;

    public float MiddleX => Left + (Width / 2);

    public float MiddleY => Top + (Height / 2);

    public static Box Around(float x, float y, float width, float height) => new(x - (width / 2), y - (height / 2), width, height);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool Holds(Box other) => other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    public Box Grow(float by) => new(Left - by, Top - by, Width + (2 * by), Height + (2 * by));

    public SKRect ToRect() => SKRect.Create(Left, Top, Width, Height);
}

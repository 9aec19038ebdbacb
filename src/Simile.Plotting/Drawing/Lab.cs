namespace Simile.Plotting.Drawing;

/// <summary>A color in CIELAB (D65), where distances are close to perceived differences.</summary>
internal readonly record struct Lab(float L, float A, float B)
{
    public static Lab Of(Color color) => OfLinear(Linear(color.R), Linear(color.G), Linear(color.B));

    /// <summary>Simulates color blindness for green or red (Viénot, Brettel and Mollon 1999).</summary>
    public static Lab WithoutReceptor(Color color, bool green)
    {
        var (r, g, b) = (Linear(color.R), Linear(color.G), Linear(color.B));
        var mixed = green ? (.29275f * r) + (.70725f * g) : (.11238f * r) + (.88762f * g);
        var blue = green ? (-.02234f * r) + (.02234f * g) + b : (.00401f * r) - (.00401f * g) + b;
        return OfLinear(mixed, mixed, Math.Max(0, blue));
    }

    /// <summary>
    /// How different two colors look. Strong colors are drawn together as DIN 99 does it, where plain distances between blues are far too
    /// large.
    /// </summary>
    public float DistanceTo(Lab other)
    {
        var (mine, its) = (Compression, other.Compression);
        return MathF.Sqrt(Square(L - other.L) + Square((A * mine) - (other.A * its)) + Square((B * mine) - (other.B * its)));
    }

    private float Compression =>
        MathF.Sqrt((A * A) + (B * B)) is > 0 and var chroma ? MathF.Log(1 + (.045f * chroma)) / (.045f * chroma) : 1;

    private static Lab OfLinear(float r, float g, float b)
    {
        var x = Root(((.4124f * r) + (.3576f * g) + (.1805f * b)) / .95047f);
        var y = Root((.2126f * r) + (.7152f * g) + (.0722f * b));
        var z = Root(((.0193f * r) + (.1192f * g) + (.9505f * b)) / 1.08883f);
        return new Lab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Linear(byte channel) =>
        channel <= 10 ? channel / 255f / 12.92f : MathF.Pow(((channel / 255f) + .055f) / 1.055f, 2.4f);

    private static float Root(float t) => t > .008856f ? MathF.Cbrt(t) : (7.787f * t) + (16f / 116);

    private static float Square(float x) => x * x;
}

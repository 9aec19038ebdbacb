namespace Packages;

/// <summary>The first numbers of vectors of the built-in model, recorded from the repository's own build.</summary>
internal static class Vectors
{
    public static readonly float[] Text = [0.0734f, -0.0147f, -0.0199f, 0.0125f, -0.0760f, 0.0303f, 0.0319f, 0.0556f];
    public static readonly float[] Picture = [0.0212f, 0.0674f, 0.0587f, -0.0259f, -0.0736f, 0.0292f, -0.0074f, 0.0498f];
    public static readonly float[] Sound = [0.1192f, 0.0505f, 0.0629f, 0.0542f, 0.0160f, 0.0020f, -0.0569f, -0.0337f];

    /// <summary>The tolerance allows for processors that multiply bytes in another order. A wrong model or file differs by more.</summary>
    public static void Equal(float[] known, float[] vector)
    {
        Assert.Equal(512, vector.Length);
        Assert.Equal(1, vector.Sum(number => number * number), 1e-3f);
        Assert.All(known.Zip(vector), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
    }
}

namespace Simile.Imaging.Features;

/// <summary>A vector of a picture that is computed by a formula, without a network.</summary>
/// <remarks>Thread-safe: options are fixed, and nothing is kept between calls.</remarks>
public abstract record PictureFeature
{
    private const int LargestSize = 1024;

    /// <summary>The feature with every option that changes its numbers, as <see cref="Parse"/> reads it.</summary>
    public abstract string Name { get; }

    /// <summary>Components of each vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>The vector of a picture.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public abstract float[] Compute(Picture picture);

    /// <summary>Throws where an option is out of range, and says which.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    public abstract void Validate();

    /// <summary>Reads the name of a feature: pixels, color, hog, lbp, hu or phash, and in brackets the options that are not the usual ones.</summary>
    /// <param name="name">Such as "hog", "hog(64x128,9)", "color(hsv,18x8x8)" or "pixels(28x28,inverted)".</param>
    /// <exception cref="ArgumentException">There is no such feature or option.</exception>
    public static PictureFeature Parse(string name) => FeatureName.Parse(name);

    private protected static void RequireSize(int size, string name)
    {
        if (size is < 1 or > LargestSize)
        {
            throw new ArgumentException($"{name} is 1 to {LargestSize}, not {size}.", name);
        }
    }
}

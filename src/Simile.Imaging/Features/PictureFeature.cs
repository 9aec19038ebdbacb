namespace Simile.Imaging.Features;

/// <summary>A vector of a picture that is computed by a formula, without a neural network.</summary>
/// <remarks>Thread-safe and immutable; no state is kept between calls.</remarks>
public abstract record PictureFeature
{
    private const int LargestSize = 1024;

    /// <summary>The name with every option that changes the vector, in the form that <see cref="Parse"/> reads.</summary>
    public abstract string Name { get; }

    /// <summary>Components of each vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>The vector of a picture.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public abstract float[] Compute(Picture picture);

    /// <summary>Throws if an option is out of range.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public abstract void Validate();

    /// <summary>Parses the name of a feature: pixels, color, hog, lbp, hu or phash, with non-default options in parentheses.</summary>
    /// <param name="name">Such as "hog", "hog(64x128,9)", "color(hsv,18x8x8)" or "pixels(28x28,inverted)".</param>
    /// <exception cref="ArgumentException">There is no such feature or option.</exception>
    public static PictureFeature Parse(string name) => FeatureName.Parse(name);

    private protected static void RequireSize(int size, string name)
    {
        if (size is < 1 or > LargestSize)
        {
            throw new ArgumentException($"{name} is {size}, but must be 1 to {LargestSize}.", name);
        }
    }
}

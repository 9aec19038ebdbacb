namespace Simile.Imaging.Features;

/// <summary>
/// A histogram of local binary patterns (LBP), which describes texture. A pattern says which points on a circle around a pixel are at least
/// as light as the pixel.
/// </summary>
/// <remarks>
/// Ojala, Pietikäinen and Mäenpää, "Multiresolution Gray-Scale and Rotation Invariant Texture Classification with Local Binary Patterns",
/// 2002, with the definitions of scikit-image's <c>local_binary_pattern</c>: bilinear interpolation, 0 outside the picture, changes counted
/// from the first point to the last.
/// </remarks>
public sealed record LocalBinaryPatterns : PictureFeature
{
    private const int MostPoints = 24;
    private const int MostCodedPoints = 12;

    /// <summary>Points on the circle, P: 2 to 24, but at most 12 if each pattern has its own code. 8 by default.</summary>
    public int Points { get; init; } = 8;

    /// <summary>Radius of the circle in pixels, R: above 0 and at most 64. 1 by default.</summary>
    public double Radius { get; init; } = 1;

    /// <summary>Which patterns share a code. Uniform by default.</summary>
    public LbpMethod Method { get; init; } = LbpMethod.Uniform;

    /// <inheritdoc/>
    public override string Name => FormattableString.Invariant($"lbp(p={Points},r={Radius},{Method.ToString().ToLowerInvariant()})");

    /// <inheritdoc/>
    public override int Dimensions => Method switch
    {
        LbpMethod.Uniform => Points + 2,
        LbpMethod.NriUniform => (Points * (Points - 1)) + 3,
        _ => 1 << Points,
    };

    /// <inheritdoc/>
    /// <remarks>The fraction of the pixels that have each code.</remarks>
    public override float[] Compute(Picture picture)
    {
        var histogram = new float[Dimensions];
        var codes = Codes(picture);
        foreach (var code in codes)
        {
            histogram[code]++;
        }

        return Array.ConvertAll(histogram, count => count / codes.Length);
    }

    /// <summary>The code of each pixel, row by row.</summary>
    public int[] Codes(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Validate();
        var gray = picture.ToGray();
        var (down, across) = Circle();
        var codes = new int[gray.Width * gray.Height];
        var signs = new int[Points];
        for (var y = 0; y < gray.Height; y++)
        {
            for (var x = 0; x < gray.Width; x++)
            {
                var center = gray.Pixels[(y * gray.Width) + x];
                for (var i = 0; i < Points; i++)
                {
                    signs[i] = Interpolate(gray, y + down[i], x + across[i]) - center >= 0 ? 1 : 0;
                }

                codes[(y * gray.Width) + x] = Code(signs);
            }
        }

        return codes;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        var most = Method is LbpMethod.Default or LbpMethod.Ror ? MostCodedPoints : MostPoints;
        if (Points < 2 || Points > most)
        {
            throw new ArgumentException($"The number of LBP points is {Points}, but must be 2 to {most}.");
        }

        if (!(Radius > 0 && Radius <= 64))
        {
            throw new ArgumentException($"The LBP radius is {Radius}, but must be above 0 and at most 64.");
        }
    }

    // Rounded as scikit-image does, so that points on the axes lie on pixels.
    private (double[] Down, double[] Across) Circle() =>
        ([.. Enumerable.Range(0, Points).Select(i => Math.Round(-Radius * Math.Sin(2 * Math.PI * i / Points), 5))],
        [.. Enumerable.Range(0, Points).Select(i => Math.Round(Radius * Math.Cos(2 * Math.PI * i / Points), 5))]);

    private static double Interpolate(Picture gray, double y, double x)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var (bottom, right) = ((int)Math.Ceiling(y), (int)Math.Ceiling(x));
        var (dy, dx) = (y - top, x - left);
        var above = ((1 - dx) * Level(gray, top, left)) + (dx * Level(gray, top, right));
        var below = ((1 - dx) * Level(gray, bottom, left)) + (dx * Level(gray, bottom, right));
        return ((1 - dy) * above) + (dy * below);
    }

    private static double Level(Picture gray, int y, int x) =>
        y < 0 || x < 0 || y >= gray.Height || x >= gray.Width ? 0 : gray.Pixels[(y * gray.Width) + x];

    private int Code(int[] signs) => Method switch
    {
        LbpMethod.Default => Pattern(signs, 0),
        LbpMethod.Ror => Enumerable.Range(0, Points).Min(turn => Pattern(signs, turn)),
        _ when Changes(signs) > 2 => Dimensions - 1,
        LbpMethod.Uniform => signs.Sum(),
        _ => Turned(signs),
    };

    private int Pattern(int[] signs, int turn)
    {
        var pattern = 0;
        for (var i = 0; i < Points; i++)
        {
            pattern |= signs[(i + turn) % Points] << i;
        }

        return pattern;
    }

    private int Changes(int[] signs)
    {
        var changes = 0;
        for (var i = 0; i + 1 < Points; i++)
        {
            changes += signs[i] != signs[i + 1] ? 1 : 0;
        }

        return changes;
    }

    private int Turned(int[] signs)
    {
        var (ones, firstOne, firstZero) = (signs.Sum(), Array.IndexOf(signs, 1), Array.IndexOf(signs, 0));
        return ones == 0 ? 0
            : ones == Points ? (Points * (Points - 1)) + 1
            : 1 + ((ones - 1) * Points) + (firstOne == 0 ? ones - firstZero : Points - firstOne);
    }
}

using System.Buffers.Binary;

namespace Simile.Models.Words;

/// <summary>The training options of a fastText model, from the header of its .bin file (Args::save in fastText).</summary>
internal sealed record FastTextHeader
{
    public const int Magic = 0x2F4F16BA;
    public const int Version = 12;

    /// <summary>Bytes from the dimension to the subsampling threshold.</summary>
    public const int Length = (12 * sizeof(int)) + sizeof(double);

    private const int MostDimensions = 1 << 16;

    /// <summary>Whether the file starts with the magic number; files before 2017 start with the dimension.</summary>
    public bool HasMagic { get; init; }

    public int FileVersion { get; init; } = Version;

    public int Dimensions { get; init; }

    public int Window { get; init; } = 5;

    public int Epochs { get; init; } = 5;

    public int MinCount { get; init; } = 5;

    public int Negative { get; init; } = 5;

    public int WordNgrams { get; init; } = 1;

    /// <summary>1 hierarchical softmax, 2 negative sampling, 3 softmax, 4 one-vs-all.</summary>
    public int Loss { get; init; }

    /// <summary>1 CBOW, 2 skip-gram, 3 supervised.</summary>
    public int Model { get; init; }

    public int Buckets { get; init; }

    public int MinN { get; init; }

    public int MaxN { get; init; }

    public int RateUpdates { get; init; } = 100;

    public double Sample { get; init; } = 1e-4;

    /// <summary>Describes the first invalid number; null if all are valid.</summary>
    public string? Complaint =>
        Dimensions is < 1 or > MostDimensions ? $"its dimension is {Dimensions}"
        : Loss is < 1 or > 4 ? $"its loss is number {Loss}"
        : Model is < 1 or > 3 ? $"its model is number {Model}"
        : Buckets < 0 ? $"it has {Buckets} buckets"
        : MinN < 0 || MaxN < 0 || MaxN > 1024 ? $"its n-grams have {MinN} to {MaxN} letters"
        : !(Sample >= 0 && double.IsFinite(Sample)) ? $"its sampling threshold is {Sample}"
        : Window < 0 || Epochs < 0 || Negative < 0 ? $"its window is {Window}, its epochs {Epochs} and its negative samples {Negative}"
        : WordNgrams < 0 ? $"its word n-grams have {WordNgrams} words"
        : null;

    /// <summary>
    /// Whether a file may be a fastText model: it starts with the magic number, or with a plausible header of the old format.
    /// </summary>
    public static bool IsLikely(ReadOnlySpan<byte> start) =>
        start.Length >= sizeof(int)
        && (BinaryPrimitives.ReadInt32LittleEndian(start) == Magic
            || (start.Length >= Length && Read(start, hasMagic: false, version: 0).Complaint is null));

    /// <summary>Reads the numbers.</summary>
    public static FastTextHeader Read(ReadOnlySpan<byte> bytes, bool hasMagic, int version)
    {
        var numbers = new int[12];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        return new FastTextHeader
        {
            HasMagic = hasMagic,
            FileVersion = version,
            Dimensions = numbers[0],
            Window = numbers[1],
            Epochs = numbers[2],
            MinCount = numbers[3],
            Negative = numbers[4],
            WordNgrams = numbers[5],
            Loss = numbers[6],
            Model = numbers[7],
            Buckets = numbers[8],
            MinN = numbers[9],

            // Supervised models before version 12 store a maximum n-gram length that they do not use (fastText.cc, loadModel).
            MaxN = hasMagic && version == 11 && numbers[7] == 3 ? 0 : numbers[10],
            RateUpdates = numbers[11],
            Sample = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(12 * sizeof(int))..]),
        };
    }

    /// <summary>Writes the magic number, the version and the numbers.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (var number in new[]
        {
            Magic, Version, Dimensions, Window, Epochs, MinCount, Negative, WordNgrams, Loss, Model, Buckets, MinN, MaxN, RateUpdates,
        })
        {
            writer.Write(number);
        }

        writer.Write(Sample);
    }
}

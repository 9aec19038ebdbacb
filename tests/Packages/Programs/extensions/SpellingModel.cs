using Simile;
using Simile.Audio;
using Simile.Embedding;
using Simile.Imaging;
using Simile.Models;
using Simile.Numerics;

namespace Extensions;

/// <summary>A custom model that embeds texts by spelling, pictures by color and sounds by pitch, in one space.</summary>
internal sealed class SpellingModel : CorpusModel
{
    private static readonly string[] Senses = ["red", "green", "blue", "low", "high"];

    public override string Name => "spelling";

    public override int Dimensions => Spelling.Dimensions + Senses.Length;

    public override string Fingerprint => "trigrams, mean color, crossings";

    public override IReadOnlyList<MediaKind> Kinds => [MediaKind.Text, MediaKind.Image, MediaKind.Sound];

    public override int CountTokens(ReadOnlySpan<char> text) => Spelling.CountWords(text);

    public override Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedPassagesAsync(
        IReadOnlyList<string> passages, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>([.. passages.Select(Embed)]);

    public override Task<ReadOnlyMemory<float>> EmbedQueryAsync(string text, MediaKind searched, CancellationToken cancellationToken) =>
        Task.FromResult(searched == MediaKind.Text
            ? Embed(text)
            : Sense(Senses.Select(sense => text.Contains(sense, StringComparison.OrdinalIgnoreCase) ? 1f : 0f)));

    public override Task<IReadOnlyList<EmbeddedFile>> EmbedFilesAsync(
        MediaKind kind, IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EmbeddedFile>>([.. paths.Select(path => EmbedFile(kind, path))]);

    public override string Recipe(MediaKind kind) => "mean";

    private static EmbeddedFile EmbedFile(MediaKind kind, string path)
    {
        try
        {
            return new EmbeddedFile(kind == MediaKind.Image ? [new EmbeddedPart(Color(Picture.Load(path)))] : [.. Parts(path)], null);
        }
        catch (InvalidDataException e)
        {
            return EmbeddedFile.Refused(e.Message);
        }
    }

    private static IEnumerable<EmbeddedPart> Parts(string path) =>
        Waveform.LoadWindows(path, TimeSpan.FromSeconds(1))
            .Select(part => new EmbeddedPart(Pitch(part.Sound), part.Window.From, part.Window.To));

    private static ReadOnlyMemory<float> Color(Picture picture)
    {
        var mean = picture.Resize(1, 1).Pixels;
        return Sense([mean[0], mean[1], mean[2], 0, 0]);
    }

    private static ReadOnlyMemory<float> Pitch(Waveform sound)
    {
        var hertz = FrameMeasures.ZeroCrossingRate(sound.Samples.Span).Average() * sound.SampleRate / 2;
        return Sense([0, 0, 0, Math.Max(0, 1000 - hertz), hertz]);
    }

    private static ReadOnlyMemory<float> Embed(string text) => Normalized([.. Spelling.Embed(text), .. new float[Senses.Length]]);

    private static ReadOnlyMemory<float> Sense(IEnumerable<float> senses) => Normalized([.. new float[Spelling.Dimensions], .. senses]);

    private static ReadOnlyMemory<float> Normalized(float[] vector) => VectorMath.Normalize(vector);
}

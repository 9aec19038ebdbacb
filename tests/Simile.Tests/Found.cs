using Simile.Models;

namespace Simile.Testing;

/// <summary>A hit with the properties of all kinds side by side.</summary>
internal sealed record Found(string Path, MediaKind Kind, float Score, float Cosine)
{
    public int Line { get; init; }

    public int Start { get; init; }

    public int End { get; init; }

    public string Text { get; init; } = string.Empty;

    public Simile.Documents.DocumentPlace? Place { get; init; }

    public TimeSpan From { get; init; }

    public TimeSpan To { get; init; }

    public static IReadOnlyList<Found> Of(IReadOnlyList<CorpusHit> hits) => [.. hits.Select(Of)];

    private static Found Of(CorpusHit hit)
    {
        var found = new Found(hit.Item.Path, hit.Item.Kind, hit.Score, hit.Cosine);
        return hit.Item switch
        {
            PassageItem passage =>
                found with { Line = passage.Line, Start = passage.Start, End = passage.End, Text = passage.Text, Place = passage.Place },
            SoundItem sound => found with { From = sound.From, To = sound.To },
            _ => found,
        };
    }
}

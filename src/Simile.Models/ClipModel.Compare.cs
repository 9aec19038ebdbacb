namespace Simile.Models;

/// <content>Calibration of cosines within a kind and across kinds.</content>
public sealed partial class ClipModel
{
    // The two towers fill two regions of the space (Liang et al. 2022): two unrelated texts have a larger cosine than a picture and its
    // caption. The levels for unrelated and for clearly matching pairs are rough values of published models.
    private const float ApartWithin = 0.55f;
    private const float TogetherWithin = 0.85f;

    private (float Apart, float Together) Across => _folder.Family switch
    {
        "clap" => (0.05f, 0.45f),
        "clip" => (0.17f, 0.30f),
        _ => (0, Math.Max(0.05f, -LogitBias / LogitScale)), // as probable as not
    };

    /// <inheritdoc/>
    public override float Comparable(float score, MediaKind query, MediaKind searched)
    {
        if (query != searched)
        {
            return score;
        }

        var (apart, together) = Across;
        return apart + ((score - ApartWithin) / (TogetherWithin - ApartWithin) * (together - apart));
    }
}

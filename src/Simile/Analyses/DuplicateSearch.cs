using System.Security.Cryptography;
using Simile.Analysis;

namespace Simile.Analyses;

/// <summary>
/// Items that are the same or nearly so: files of equal content by their hash, then by their vectors, each kind of item for itself.
/// </summary>
/// <param name="Groups">The rows of the items in groups, largest group first.</param>
/// <param name="Thresholds">
/// The least score of near-duplicates of each kind that was searched; null as kind for rows of a file of vectors.
/// </param>
public sealed record DuplicateSearch(IReadOnlyList<DuplicateGroup> Groups, IReadOnlyList<(MediaKind? Kind, float Threshold)> Thresholds)
{
    /// <summary>Searches texts, pictures and sounds separately, because a score means something else for each kind.</summary>
    /// <param name="vectors">At least one item.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">There is no item, or a policy is for files and the items are rows.</exception>
    public static DuplicateSearch Find(
        AnalyzedVectors vectors,
        DuplicateSearchOptions? options = null,
        IProgress<AnalysisProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        options ??= new DuplicateSearchOptions();
        vectors.Require(1, "A search for duplicates");
        if (options.Keep != KeepPolicy.First && !vectors.AreFiles)
        {
            throw new ArgumentException("Rows of a file of vectors have no size or age: the first of a group is kept.");
        }

        var (groups, thresholds) = (new List<DuplicateGroup>(), new List<(MediaKind?, float)>());
        foreach (var kind in vectors.Items.Index().GroupBy(item => item.Item.Kind).OrderBy(kind => kind.Key))
        {
            int[] rows = [.. kind.Select(item => item.Index)];
            var part = vectors.Select(rows);
            var found = Duplicates.Find(
                part.Vectors, Options(options), Worth(part, options.Keep), Contents(part, cancellationToken), progress, cancellationToken);
            groups.AddRange(found.Groups.Select(group =>
                new DuplicateGroup(rows[group.Kept], [.. group.Members.Select(member => member with { Row = rows[member.Row] })])));
            thresholds.Add((kind.Key, found.Threshold));
        }

        return new DuplicateSearch([.. groups.OrderByDescending(group => group.Members.Count).ThenBy(group => group.Kept)], thresholds);
    }

    private static DuplicateOptions Options(DuplicateSearchOptions options) =>
        new() { Metric = options.Metric, Threshold = options.Threshold, ExactOnly = options.ExactOnly, Seed = options.Seed };

    private static double[]? Worth(AnalyzedVectors files, KeepPolicy keep) =>
        keep == KeepPolicy.First ? null : [.. files.Items.Select(item => FileWorth.Of(item, keep))];

    private static string[]? Contents(AnalyzedVectors vectors, CancellationToken stop) =>
        vectors.AreFiles ? [.. vectors.Items.Select(item => Hash(item.Path!, stop))] : null;

    // A file that vanished meanwhile equals no other.
    private static string Hash(string path, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexString(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}

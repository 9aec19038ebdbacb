namespace Simile.Analyses;

/// <summary>Items in named groups.</summary>
/// <param name="Of">The group of each item, from 0; −1 for none.</param>
/// <param name="Names">One name per group, for people; the position is the number of the group in <paramref name="Of"/>.</param>
public sealed record ItemGroups(IReadOnlyList<int> Of, IReadOnlyList<string> Names)
{
    /// <summary>Groups by a word of each item, in the order of the words: numbers by their value.</summary>
    internal static ItemGroups By(AnalyzedVectors vectors, Func<AnalyzedItem, string> word)
    {
        var words = vectors.Items.Select(word).ToList();
        string[] names = [.. words.Distinct(StringComparer.Ordinal).OrderBy(
            name => name,
            StringComparer.Create(System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering))];
        var numbers = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        return new ItemGroups([.. words.Select(name => numbers[name])], names);
    }
}

using Simile.Models;

namespace Simile.Bench.Search;

/// <summary>A set as files of a corpus that is kept from run to run.</summary>
internal sealed class Measured : IDisposable
{
    private readonly Corpus _corpus;
    private readonly string _files;

    private Measured(Corpus corpus, string files) => (_corpus, _files) = (corpus, files);

    /// <summary>Writes the files and synchronizes the corpus.</summary>
    /// <param name="set">The set.</param>
    /// <param name="model">The model.</param>
    /// <param name="work">A folder for files and stores.</param>
    /// <param name="key">The name of the model in it.</param>
    /// <param name="maxTokens">The longest passage.</param>
    public static async Task<Measured> OpenAsync(SearchSet set, CorpusModel model, string work, string key, int maxTokens)
    {
        var files = Path.Combine(work, "files", set.Name);
        foreach (var (name, text) in set.Files)
        {
            var path = Path.Combine(files, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path) || await File.ReadAllTextAsync(path).ConfigureAwait(false) != text)
            {
                await File.WriteAllTextAsync(path, text).ConfigureAwait(false);
            }
        }

        var corpus = Corpus.Open(
            Path.Combine(work, "stores", $"{set.Name}-{key}-{maxTokens}"),
            model,
            new CorpusOptions { Sync = new Sync.SyncOptions { MaxTokens = maxTokens } });
        await corpus.SyncAsync([files]).ConfigureAwait(false);
        return new Measured(corpus, files);
    }

    /// <summary>Normalized discounted cumulative gain of the first k files, a value for each query.</summary>
    public async Task<double[]> NdcgAsync(IReadOnlyList<JudgedQuery> queries, SearchMode mode, int k)
    {
        var values = new double[queries.Count];
        for (var i = 0; i < queries.Count; i++)
        {
            var hits = await _corpus.SearchAsync(queries[i].Text, new SearchOptions { Mode = mode, Top = 10 * k }).ConfigureAwait(false);
            var ranked = hits.Select(hit => Path.GetRelativePath(_files, hit.Item.Path)).Distinct().Take(k)
                .Select(name => queries[i].Grades.GetValueOrDefault(name));
            var ideal = Gain(queries[i].Grades.Values.OrderDescending().Take(k));
            values[i] = ideal == 0 ? 0 : Gain(ranked) / ideal;
        }

        return values;
    }

    public void Dispose() => _corpus.Dispose();

    private static double Gain(IEnumerable<int> grades) => grades.Select((grade, i) => Math.Max(0, grade) / Math.Log2(i + 2)).Sum();
}

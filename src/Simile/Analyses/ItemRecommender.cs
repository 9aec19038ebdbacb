using System.Globalization;
using Simile.Analysis;
using Simile.Embedding;
using Simile.Index;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>Recommends items that are like some examples and unlike others.</summary>
/// <remarks>
/// Not thread-safe. An example is one of the items, or any file or text, which the model of the items then embeds. The model is loaded when
/// it is needed, and owned: dispose the recommender.
/// </remarks>
public sealed class ItemRecommender : IDisposable
{
    private readonly AnalyzedVectors _items;
    private readonly Lazy<MultimodalModel> _model;

    /// <summary>Recommends among items.</summary>
    /// <param name="items">At least one item.</param>
    /// <exception cref="ArgumentException">There is no item.</exception>
    public ItemRecommender(AnalyzedVectors items)
    {
        ArgumentNullException.ThrowIfNull(items);
        items.Require(1, "A recommendation");
        (_items, _model) = (items, new Lazy<MultimodalModel>(LoadModel));
    }

    /// <summary>
    /// The row of the item that a word names: a path, or for rows of a file of vectors the id or the number. Null for none.
    /// </summary>
    public int? Find(string word)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(word);
        var path = _items.AreFiles ? Path.GetFullPath(word) : word;
        var named = First(item => item.Path == path);
        return named is null && !_items.AreFiles && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? First(item => item.Row == number)
            : named;
    }

    /// <summary>The items that suit the examples, of all kinds in one list, best first.</summary>
    /// <param name="like">Items, files or texts to be like, at least one.</param>
    /// <param name="unlike">Items, files or texts to be unlike; may be empty.</param>
    /// <param name="options">
    /// Null for the defaults; rows of filter and seen are those of the items. With <see cref="RecommendOptions.Diversity"/> items of one
    /// kind are in the order of choosing.
    /// </param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <returns>The rows of items with their scores. The examples are left out.</returns>
    /// <exception cref="ArgumentException">
    /// A word names no item and no model is known, or is both a positive and a negative example.
    /// </exception>
    /// <exception cref="FileNotFoundException">A picture or sound does not exist.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public async Task<IReadOnlyList<Hit>> RecommendAsync(
        IReadOnlyList<string> like,
        IReadOnlyList<string>? unlike = null,
        RecommendOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(like);
        options ??= new RecommendOptions();
        var positive = await ExamplesAsync(like, cancellationToken).ConfigureAwait(false);
        var negative = await ExamplesAsync(unlike ?? [], cancellationToken).ConfigureAwait(false);
        if (Array.Find(positive, one => Array.Exists(negative, one.IsSameAs)) is { } both)
        {
            throw new ArgumentException($"'{both.Word}' is a positive and a negative example: decide for one.");
        }

        var groups = _items.Items.Index().GroupBy(item => item.Item.Kind, item => item.Index).ToList();
        var found = groups.Select(group => Recommend(group.Key, [.. group], positive, negative, options, groups.Count > 1)).ToList();
        return found is [var only]
            ? only
            : [.. found.SelectMany(hits => hits).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id).Take(options.Count)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model.IsValueCreated)
        {
            _model.Value.Dispose();
        }
    }

    private Hit[] Recommend(MediaKind? kind, int[] rows, Example[] positive, Example[] negative, RecommendOptions options, bool isMerged)
    {
        var places = rows.Index().ToDictionary(row => row.Item, row => row.Index);
        var seen = options.Seen.Concat(positive.Concat(negative).Select(example => example.Row).OfType<int>());
        var part = options with
        {
            Seen = [.. seen.Where(places.ContainsKey).Select(row => places[row])],
            Filter = options.Filter is { } filter
                ? IdFilter.Of(rows.Length, Enumerable.Range(0, rows.Length).Where(i => filter.Allows(rows[i])))
                : null,
        };
        var recommender = new Recommender(_items.Vectors.Take(rows), _items.Metric);
        var hits = recommender.Recommend(Vectors(positive, kind), Vectors(negative, kind), part);
        return [.. hits.Select(hit => new Hit(rows[hit.Id], isMerged ? Comparable(hit.Score) : hit.Score))];

        float Comparable(float score) => _model.Value.Comparable(score, positive[0].Kind!.Value, kind!.Value);
    }

    private int? First(Func<AnalyzedItem, bool> isMeant)
    {
        for (var row = 0; row < _items.Count; row++)
        {
            if (isMeant(_items.Items[row]))
            {
                return row;
            }
        }

        return null;
    }

    private VectorMatrix Vectors(Example[] examples, MediaKind? searched)
    {
        var vectors = new VectorMatrix(examples.Length, _items.Vectors.Dimensions);
        for (var i = 0; i < examples.Length; i++)
        {
            var (_, vector, kind, _) = examples[i];
            (kind == searched ? vector : _model.Value.QueryVector(vector, kind!.Value, searched!.Value)).CopyTo(vectors[i]);
        }

        return vectors;
    }

    private async Task<Example[]> ExamplesAsync(IReadOnlyList<string> words, CancellationToken stop)
    {
        var examples = new Example[words.Count];
        for (var i = 0; i < examples.Length; i++)
        {
            examples[i] = Find(words[i]) is { } row
                ? new Example(words[i], _items.Vectors[row].ToArray(), _items.Items[row].Kind, row)
                : await EmbedAsync(words[i], stop).ConfigureAwait(false);
        }

        return examples;
    }

    private async Task<Example> EmbedAsync(string word, CancellationToken stop)
    {
        if (!_items.AreFiles)
        {
            throw new ArgumentException($"There is no row and no id '{word}': name a row by its number from 0, or by its id.");
        }

        var kind = FileContent.Kind(word);
        if (kind != MediaKind.Text && !File.Exists(word))
        {
            throw new FileNotFoundException($"The file {word} does not exist.");
        }

        if (Directory.Exists(word))
        {
            throw new ArgumentException($"{word} is a folder: an example is a file or a text.");
        }

        var vector = File.Exists(word)
            ? await FileEmbedder.EmbedAsync(_model.Value, kind, word, stop).ConfigureAwait(false)
            : EmbedText(word, stop);
        return vector.AsSpan().ContainsAnyExcept(0f)
            ? new Example(word, vector, kind, null)
            : throw new ArgumentException($"The model knows no word of '{word}': give another example.");
    }

    private float[] EmbedText(string text, CancellationToken stop)
    {
        _model.Value.Require(MediaKind.Text);
        return _model.Value.Texts.EmbedDocuments([text], null, stop)[0].ToArray();
    }

    private MultimodalModel LoadModel() => _items.Model is { } model
        ? MultimodalModel.Load(model.Name)
        : throw new ArgumentException("The model of the vectors is not known: give items as examples.");

    private sealed record Example(string Word, float[] Vector, MediaKind? Kind, int? Row)
    {
        public bool IsSameAs(Example other) => Word == other.Word || (Row is not null && Row == other.Row);
    }
}

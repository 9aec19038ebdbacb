using System.Text.Json;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// Distills a static model from any text model with a WordPiece tokenizer: a table of token vectors whose mean is a text's vector.
/// The folder has the format of Model2Vec: config.json, model.safetensors, tokenizer.json and a model card. Python's model2vec reads it.
/// </summary>
/// <remarks>
/// Without texts, as in Model2Vec: the teacher's vector of each single token, principal components, weights from the token's rank (SIF with
/// Zipf's law). With texts, vectors and weights are then fitted so that the similarities of the texts equal the teacher's. Fitting the
/// teacher's vectors themselves gives a worse model.
/// </remarks>
public static partial class Distillation
{
    // Called a in Arora, Liang and Ma (2017). Model2Vec's default.
    private const double SifCoefficient = 1e-4;

    /// <summary>Distills a teacher.</summary>
    /// <param name="teacher">The teacher model.</param>
    /// <param name="folder">The folder to write. Created if it is missing.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Optional progress callback.</param>
    /// <param name="cancellationToken">
    /// Checked between batches. After a cancellation the folder holds no model, and a second run continues.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of range, or the teacher has no WordPiece tokenizer.</exception>
    /// <exception cref="FileNotFoundException">The file of texts does not exist.</exception>
    /// <exception cref="InvalidDataException">The file of texts is empty.</exception>
    public static DistillationResult Build(
        TextEmbedder teacher,
        string folder,
        DistillationOptions? options = null,
        IProgress<DistillationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options ??= new DistillationOptions();
        options.Validate();
        var tokenizerFile = RequireWordPiece(teacher);
        if (options.Dimensions > teacher.Dimensions)
        {
            throw new ArgumentException(
                $"The vectors of {teacher.Name} have {teacher.Dimensions} dimensions, so the static model can have at most that many, "
                + $"not {options.Dimensions}.");
        }

        var texts = options.TextFile is null ? [] : ReadTexts(options.TextFile);
        Directory.CreateDirectory(folder);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(teacher.Name));
        var (table, weights) = Plain(teacher, options.Dimensions, progress, cancellationToken);
        var fit = new TableFit(table, weights);
        var cache = new TeacherVectors(options.CacheFolder ?? folder, teacher, texts);
        if (texts.Length > 0)
        {
            var vectors = cache.Complete(Stage(progress, "embedding the texts", texts.Length), cancellationToken);
            Fit(fit, Tokenize(teacher, texts), vectors, options, progress, cancellationToken);
        }

        StaticFolder.Write(
            folder, fit.ToTable(), options.Type, tokenizerFile, name, Card(name, folder, options, table.Count, texts.Length));
        if (options.CacheFolder is null)
        {
            cache.Delete();
        }

        return new DistillationResult(folder, table.Count, table.Dimensions, texts.Length);
    }

    /// <summary>
    /// The principal components of the vectors of all single tokens, with mean length 1, and each token's weight: 0 for tokens that occur
    /// in no text.
    /// </summary>
    private static (VectorMatrix Table, float[] Weights) Plain(
        TextEmbedder teacher, int dimensions, IProgress<DistillationProgress>? progress, CancellationToken cancellationToken)
    {
        var tokenizer = teacher.Tokenizer;
        var words = Enumerable.Range(0, tokenizer.VocabularySize).Where(id => StandsInTexts(tokenizer, id)).ToArray();
        var alone = new VectorMatrix(words.Length, teacher.Dimensions);
        teacher.Encoder.EncodeTokens(
            [.. words.Select(id => WithEnds(tokenizer.Special, id))],
            alone,
            Stage(progress, "embedding the vocabulary", words.Length),
            cancellationToken);
        if (dimensions > words.Length)
        {
            throw new ArgumentException(
                $"{words.Length} tokens are too few for {dimensions} principal components: choose fewer dimensions.");
        }

        var components = PrincipalAxes.Project(alone, dimensions);
        var table = new VectorMatrix(tokenizer.VocabularySize, dimensions);
        var weights = new float[tokenizer.VocabularySize];
        var scale = 1 / MeanNorm(components);
        var share = Enumerable.Range(2, words.Length).Sum(rank => 1.0 / rank);
        for (var rank = 0; rank < words.Length; rank++)
        {
            WeightedRow.Add(components[rank], scale, table[words[rank]]);
            weights[words[rank]] = (float)(SifCoefficient / (SifCoefficient + (1.0 / (rank + 2) / share)));
        }

        return (table, weights);
    }

    // Static models see no special tokens, and [unused0] and similar tokens occur in no text.
    private static bool StandsInTexts(Tokenizer tokenizer, int id) =>
        tokenizer.IdToToken(id) is { } token && !tokenizer.AddedTokens.Any(added => added.Id == id && added.Special)
        && !token.StartsWith("[unused", StringComparison.Ordinal);

    private static int[] WithEnds(SpecialTokens special, int id) => special is { Begin: { } begin, End: { } end } ? [begin, id, end] : [id];

    private static float MeanNorm(VectorMatrix vectors)
    {
        var sum = 0.0;
        for (var row = 0; row < vectors.Count; row++)
        {
            sum += System.Numerics.Tensors.TensorPrimitives.Norm<float>(vectors[row]);
        }

        return Math.Max((float)(sum / vectors.Count), float.Epsilon);
    }

    private static string RequireWordPiece(TextEmbedder teacher)
    {
        var file = teacher.Name == TextEmbedder.BuiltIn ? null : ModelFolder.Find(teacher.Name).File("tokenizer.json");
        if (file is not null && File.Exists(file))
        {
            using var json = JsonFile.Parse(file);
            if (json.RootElement.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object
                && (JsonFile.Text(model, "type") ?? "WordPiece") == "WordPiece")
            {
                return file;
            }
        }

        throw new ArgumentException(
            $"{teacher.Name} cannot be distilled: it has no WordPiece tokenizer.json. "
            + "Choose a model of the BERT family, such as all-MiniLM-L6-v2.");
    }

    private static StageProgress? Stage(IProgress<DistillationProgress>? progress, string stage, int total) =>
        progress is null ? null : new StageProgress(progress, stage, total);

    // Progress<T> would report on other threads, where reports can overtake each other.
    private sealed class StageProgress(IProgress<DistillationProgress> progress, string stage, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new DistillationProgress(stage, value, total));
    }
}

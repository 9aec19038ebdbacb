using System.Text.Json;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// Makes a static model from any text model with a WordPiece tokenizer: a table of token vectors, the mean of which is a text's vector.
/// The folder is in the format of Model2Vec: config.json, model.safetensors, tokenizer.json and a model card; Python's model2vec reads it.
/// </summary>
/// <remarks>
/// Without texts, as Model2Vec does it: the teacher's vector of each token alone, principal components, weights from the token's rank (SIF with
/// Zipf's law). With texts the vectors and weights are then fitted so that the similarities of the texts equal the teacher's; fitting to the
/// teacher's vectors themselves makes a worse model.
/// </remarks>
public static partial class Distillation
{
    // Arora, Liang and Ma (2017) call it a; Model2Vec's default.
    private const double SifCoefficient = 1e-4;

    /// <summary>Distils a teacher into a folder.</summary>
    /// <param name="teacher">The model whose similarities are to be kept.</param>
    /// <param name="folder">The folder to write; made where it is missing.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between batches; the folder then holds no model, and a second run goes on where this one was.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the teacher has no WordPiece tokenizer.</exception>
    /// <exception cref="FileNotFoundException">The file of texts is not there.</exception>
    /// <exception cref="InvalidDataException">The file of texts has no text.</exception>
    public static DistillationResult Build(TextEmbedder teacher, string folder, DistillationOptions? options = null, IProgress<DistillationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        options ??= new DistillationOptions();
        options.Validate();
        var tokenizerFile = RequireWordPiece(teacher);
        if (options.Dimensions > teacher.Dimensions)
        {
            throw new ArgumentException($"The vectors of {teacher.Name} have {teacher.Dimensions} dimensions: {options.Dimensions} cannot be had, choose at most {teacher.Dimensions}.");
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

        StaticFolder.Write(folder, fit.ToTable(), options.Type, tokenizerFile, name, Card(name, folder, options, table.Count, texts.Length));
        if (options.CacheFolder is null)
        {
            cache.Delete();
        }

        return new DistillationResult(folder, table.Count, table.Dimensions, texts.Length);
    }

    /// <summary>The principal components of the vectors of all tokens alone, with mean length 1, and each token's weight: 0 for those that stand in no text.</summary>
    private static (VectorMatrix Table, float[] Weights) Plain(TextEmbedder teacher, int dimensions, IProgress<DistillationProgress>? progress, CancellationToken cancellationToken)
    {
        var tokenizer = teacher.Tokenizer;
        var words = Enumerable.Range(0, tokenizer.VocabularySize).Where(id => StandsInTexts(tokenizer, id)).ToArray();
        var alone = new VectorMatrix(words.Length, teacher.Dimensions);
        teacher.Encoder.EncodeTokens([.. words.Select(id => WithEnds(tokenizer.Special, id))], alone, Stage(progress, "embedding the vocabulary", words.Length), cancellationToken);
        if (dimensions > words.Length)
        {
            throw new ArgumentException($"{words.Length} tokens have no {dimensions} principal components: choose fewer dimensions.");
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

    // Special tokens are not put into static models' texts, [unused0] and its like are in none.
    private static bool StandsInTexts(Tokenizer tokenizer, int id) =>
        tokenizer.IdToToken(id) is { } token && !tokenizer.AddedTokens.Any(added => added.Id == id && added.Special) && !token.StartsWith("[unused", StringComparison.Ordinal);

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
            if (json.RootElement.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.Object && (JsonFile.Text(model, "type") ?? "WordPiece") == "WordPiece")
            {
                return file;
            }
        }

        throw new ArgumentException($"{teacher.Name} cannot be distilled: it has no tokenizer.json of the kind WordPiece; choose a model of the BERT family, such as all-MiniLM-L6-v2.");
    }

    private static StageProgress? Stage(IProgress<DistillationProgress>? progress, string stage, int total) =>
        progress is null ? null : new StageProgress(progress, stage, total);

    // Progress<T> would hand the reports to other threads, where they overtake one another.
    private sealed class StageProgress(IProgress<DistillationProgress> progress, string stage, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new DistillationProgress(stage, value, total));
    }
}

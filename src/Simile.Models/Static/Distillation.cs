namespace Simile.Models;

/// <summary>How far a distillation is.</summary>
/// <param name="Stage">What is being done, in a few words for people.</param>
/// <param name="Done">Items of this stage that are done.</param>
/// <param name="Total">Items of this stage.</param>
public sealed record DistillationProgress(string Stage, int Done, int Total);

/// <summary>What a distillation made.</summary>
/// <param name="Folder">The folder of the new model.</param>
/// <param name="Tokens">Rows of its table.</param>
/// <param name="Dimensions">Columns of its table.</param>
/// <param name="Texts">Texts it was fitted on; 0 without.</param>
public sealed record DistillationResult(string Folder, int Tokens, int Dimensions, int Texts);

/// <summary>
/// Makes a static model (a table of token vectors whose mean is the text's vector) from any text model with a WordPiece tokenizer,
/// in the format of Model2Vec: config.json, model.safetensors, tokenizer.json and a model card.
/// </summary>
public static class Distillation
{
    /// <summary>Distils a teacher into a folder.</summary>
    /// <param name="teacher">The model whose similarities are to be kept.</param>
    /// <param name="folder">The folder to write; made where it is missing.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between batches; the folder then holds no model.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the teacher has no WordPiece tokenizer.</exception>
    /// <exception cref="FileNotFoundException">The file of texts is not there.</exception>
    public static DistillationResult Run(TextEmbedder teacher, string folder, DistillationOptions? options = null, IProgress<DistillationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}

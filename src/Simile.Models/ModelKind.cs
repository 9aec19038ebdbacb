namespace Simile.Models;

/// <summary>The kind of a model folder, judged by its files.</summary>
internal enum ModelKind
{
    /// <summary>A transformer with a checkpoint or an ONNX file.</summary>
    Transformer,

    /// <summary>A table of token vectors: Model2Vec, or sentence-transformers' StaticEmbedding.</summary>
    Static,

    /// <summary>universal-sentence-encoder-multilingual.</summary>
    Multilingual,

    /// <summary>TF-IDF and a truncated SVD of texts.</summary>
    Lsa,
}

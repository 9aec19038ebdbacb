namespace Simile.Models;

/// <summary>What the files of a model folder say it is.</summary>
internal enum ModelKind
{
    /// <summary>A transformer with a checkpoint or an ONNX file.</summary>
    Transformer,

    /// <summary>A table of token vectors: Model2Vec, or sentence-transformers' StaticEmbedding.</summary>
    Static,

    /// <summary>universal-sentence-encoder-multilingual.</summary>
    Multilingual,
}

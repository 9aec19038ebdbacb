namespace Simile.Models;

/// <summary>Which files of a repository are pulled.</summary>
public enum HubFiles
{
    /// <summary>
    /// What Simile loads a model from: configuration, tokenizer, and the weights in one format, safetensors before PyTorch before ONNX.
    /// </summary>
    Model,

    /// <summary>What it loads a tokenizer from.</summary>
    Tokenizer,

    /// <summary>Every file.</summary>
    All,
}

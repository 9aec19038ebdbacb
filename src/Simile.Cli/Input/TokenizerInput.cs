using Simile.Models;
using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>The tokenizer of --model: of a model, a file, or a published encoding.</summary>
internal sealed class TokenizerInput : IDisposable
{
    private readonly TextEmbedder? _builtIn;

    public TokenizerInput(string name)
    {
        Name = name;
        _builtIn = name == TextEmbedder.BuiltIn ? TextEmbedder.Load(name) : null;
        Tokenizer = _builtIn?.Tokenizer ?? ModelTokenizer.Load(name);
    }

    /// <summary>The name as it was given.</summary>
    public string Name { get; }

    public Tokenizer Tokenizer { get; }

    public void Dispose() => _builtIn?.Dispose();
}

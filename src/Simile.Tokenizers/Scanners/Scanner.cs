using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Scanners;

/// <summary>A fast path through a whole pipeline, if its components allow it. The pipeline itself is the slow twin.</summary>
internal abstract class Scanner
{
    /// <summary>The scanner of a pipeline, or null if its components are not known.</summary>
    public static Scanner? TryCreate(Pipeline pipeline) =>
        BertScanner.TryCreate(pipeline) ?? ByteLevelScanners.TryCreate(pipeline) ?? MarkedWordScanner.TryCreate(pipeline);

    /// <summary>Appends the tokens of a segment that starts at <paramref name="origin"/> of the text.</summary>
    public abstract void Tokenize(ReadOnlySpan<char> text, int origin, Workspace work);
}

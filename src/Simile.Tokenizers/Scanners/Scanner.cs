using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Scanners;

/// <summary>A fast way through a whole pipeline, for those whose parts allow it. The pipeline part by part is the slow, obvious twin.</summary>
internal abstract class Scanner
{
    /// <summary>A scanner for a pipeline, or null where its parts are not known.</summary>
    public static Scanner? TryCreate(Pipeline pipeline) =>
        BertScanner.TryCreate(pipeline) ?? ByteLevelScanners.TryCreate(pipeline) ?? MarkedWordScanner.TryCreate(pipeline);

    /// <summary>Adds the tokens of a segment that stands at <paramref name="origin"/> of the text.</summary>
    public abstract void Tokenize(ReadOnlySpan<char> text, int origin, Workspace work);
}

using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>A compiled pattern. Immutable.</summary>
/// <param name="Code">The instructions. Execution starts at the first.</param>
/// <param name="Marks">Bits per position that the matcher needs to remember failures.</param>
/// <param name="Registers">
/// Number of registers. With registers, failures depend on more than instruction and position, so none are remembered.
/// </param>
/// <param name="First">The possible first code points of a match; null if it may be empty.</param>
/// <param name="Word">The word characters of \b; null if there is no \b.</param>
internal sealed record MatchProgram(Instruction[] Code, int Marks, int Registers, CodePointSet? First, CodePointSet? Word);

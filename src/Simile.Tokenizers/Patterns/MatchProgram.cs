using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Patterns;

/// <summary>A compiled pattern. Immutable.</summary>
/// <param name="Code">The instructions; it begins with the first.</param>
/// <param name="Marks">How many bits per place the matcher needs to remember what failed.</param>
/// <param name="Registers">How many places it notes. Where there are any, what failed depends on more than instruction and place, so nothing is remembered.</param>
/// <param name="First">What a match begins with; null where it may be empty.</param>
/// <param name="Word">The word characters of \b; null where there is none.</param>
internal sealed record MatchProgram(Instruction[] Code, int Marks, int Registers, CodePointSet? First, CodePointSet? Word);

using Microsoft.Extensions.AI;

namespace Simile.Models.Text;

/// <summary>What a caller of an embedding generator may ask for. The engine links this file.</summary>
internal static class GenerationDimensions
{
    /// <summary>The dimensions that options ask for, all where they ask for none.</summary>
    /// <param name="options">Of the caller; null for none.</param>
    /// <param name="model">The name of the generator's model.</param>
    /// <param name="all">Components of its vectors.</param>
    /// <exception cref="ArgumentException">Another model is asked for, or no or more dimensions than there are.</exception>
    public static int Of(EmbeddingGenerationOptions? options, string model, int all)
    {
        if (options?.ModelId is { } other && other != model)
        {
            throw new ArgumentException($"This generator holds the model {model}, not {other}.", nameof(options));
        }

        return options?.Dimensions switch
        {
            null => all,
            { } some when some >= 1 && some <= all => some,
            var some =>
                throw new ArgumentException($"Dimensions must be 1 to {all}, as the vectors of {model} have, not {some}.", nameof(options)),
        };
    }
}

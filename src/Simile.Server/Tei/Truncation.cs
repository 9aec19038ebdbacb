using Simile.Server.Http;
using Simile.Server.Models;
using Simile.Tokenizers;

namespace Simile.Server.Tei;

/// <summary>What is done with texts that are too long for a model.</summary>
internal static class Truncation
{
    /// <summary>Refuses texts that are too long, or cuts off their beginnings. The models themselves cut off the ends.</summary>
    /// <param name="texts">The texts. Those that are cut are replaced.</param>
    /// <param name="model">The model.</param>
    /// <param name="truncate">Whether to truncate; null for the default of the server.</param>
    /// <param name="direction">The side that is cut off: left or right; null for right.</param>
    /// <param name="options">The options of the server.</param>
    public static void Apply(string[] texts, LoadedModel model, bool? truncate, string? direction, SimileServerOptions options)
    {
        if (direction?.ToLowerInvariant() is not (null or "left" or "right"))
        {
            throw new RequestFailure(FailureKind.Validation, "`truncation_direction` must be left or right.")
            {
                Param = "truncation_direction",
            };
        }

        if (!(truncate ?? options.Truncate))
        {
            Inputs.RequireLength(texts, model, "inputs");
        }
        else if (string.Equals(direction, "left", StringComparison.OrdinalIgnoreCase)
            && model is { MaxTokens: { } most, Tokenizer: { } tokenizer })
        {
            var room = Math.Max(0, most - tokenizer.CountTokens(string.Empty));
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i] = tokenizer.Truncate(texts[i], room, Side.Left).ToString();
            }
        }
    }
}

namespace Simile.Models.Verification;

/// <summary>One comparison between a model and its expected value.</summary>
/// <param name="What">The compared item: a file, or the tokens, pixels or vector of a text or picture.</param>
/// <param name="Expected">The expected value and its source; empty if there is none.</param>
/// <param name="Got">The actual value.</param>
/// <param name="Difference">The largest difference between two numbers; null if no numbers were compared.</param>
/// <param name="Verdict">The result.</param>
public sealed record ModelCheck(string What, string Expected, string Got, double? Difference, CheckVerdict Verdict);

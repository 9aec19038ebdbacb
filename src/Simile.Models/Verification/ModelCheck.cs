namespace Simile.Models.Verification;

/// <summary>One comparison of a model with what it should be.</summary>
/// <param name="What">What was compared: a file, or the tokens, pixels or vector of a text or picture.</param>
/// <param name="Expected">What should be there, and who says so; empty where nobody does.</param>
/// <param name="Got">What is there.</param>
/// <param name="Difference">The largest difference of two numbers; null where no numbers were compared.</param>
/// <param name="Verdict">What came of it.</param>
public sealed record ModelCheck(string What, string Expected, string Got, double? Difference, CheckVerdict Verdict);

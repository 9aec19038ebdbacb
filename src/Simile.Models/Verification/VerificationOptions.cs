namespace Simile.Models.Verification;

/// <summary>What a model is compared with beside the values that Simile keeps.</summary>
public sealed record VerificationOptions
{
    /// <summary>A file of hashes in the form that sha256sum writes, names relative to the model's folder; null for none.</summary>
    public string? HashFile { get; init; }

    /// <summary>A file of values that the user's own reference wrote, one JSON object a line (docs/models/verify.md); null for none.</summary>
    public string? ReferenceFile { get; init; }

    /// <summary>
    /// The largest difference allowed between two components of a vector, or two numbers of a prepared picture: 1e-4, ten times what two
    /// implementations of one float32 network differ by. Values that Simile keeps state a tolerance of their own.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is no number of at least 0.</exception>
    internal void Validate()
    {
        if (!(Tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be a number of at least 0.");
        }
    }
}

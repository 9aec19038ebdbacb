namespace Simile.Models.Verification;

/// <summary>Options of a verification: hashes and values of the user that a model must match, in addition to those built in.</summary>
public sealed record VerificationOptions
{
    /// <summary>A file of hashes in the format of sha256sum, with names relative to the model's folder; null for none.</summary>
    public string? HashFile { get; init; }

    /// <summary>A file of values from the user's own reference, one JSON object per line (docs/models/verify.md); null for none.</summary>
    public string? ReferenceFile { get; init; }

    /// <summary>
    /// The largest allowed difference between components of a vector, or numbers of a preprocessed picture: 1e-4, ten times the usual
    /// difference between two float32 implementations of a network. Values of known models have their own tolerance.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Throws if an option is invalid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not a number.</exception>
    internal void Validate()
    {
        if (!(Tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "The tolerance must be a number of at least 0.");
        }
    }
}

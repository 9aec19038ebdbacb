namespace Simile.Models.Tables;

/// <summary>
/// Values hashed into a few components: |hash of "column=value"| mod n counts 1, or −1 where the hash is negative. Nothing is fitted, and a
/// value never seen has a place; a missing one has none.
/// </summary>
/// <remarks>
/// Weinberger and others, "Feature Hashing for Large Scale Multitask Learning", 2009; scikit-learn's <c>FeatureHasher</c>.
/// </remarks>
internal sealed class HashedEncoder(ColumnOptions options) : ColumnEncoder(options)
{
    public override string[] Names =>
        [
                .. Enumerable.Range(0, Options.Buckets)
                    .Select(bucket => FormattableString.Invariant($"{Options.Group ?? Options.Name + "_h"}{bucket}")),
                .. Options.FlagsMissing ? new[] { Options.Name + "_missing" } : [],
            ];

    public override int Width => Options.Buckets + (Options.FlagsMissing ? 1 : 0);

    protected override void Encode(string? value, Span<float> target)
    {
        if (Options.HashesNumbers && TableValue.TryNumber(value, out var number))
        {
            Add(Options.Name, (float)number, target[..Options.Buckets]);
        }
        else if (!TableValue.IsMissing(value))
        {
            Add($"{Options.Name}={value}", 1, target[..Options.Buckets]);
        }

        if (Options.FlagsMissing)
        {
            target[^1] = TableValue.IsMissing(value) ? 1 : 0;
        }
    }

    private void Add(string token, float value, Span<float> target)
    {
        var hash = MurmurHash3.Hash(token);
        target[(int)(Math.Abs((long)hash) % target.Length)] += Options.AlternatesSign && hash < 0 ? -value : value;
    }
}

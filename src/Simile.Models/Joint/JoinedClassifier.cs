namespace Simile.Models.Joint;

/// <summary>A classifier that is joined to a model of texts; opened when it is first asked for, and owned.</summary>
/// <param name="open">Opens the network, whose vectors are a number for each class, and the vectors of the classes.</param>
/// <param name="templates">The sentences that the names of its classes stand in.</param>
internal sealed class JoinedClassifier<T>(Func<(T Network, ClassSpace Space)> open, IReadOnlyList<string> templates) : IDisposable
    where T : IDisposable
{
    private readonly Lazy<(T Network, ClassSpace Space)> _opened = new(open);

    /// <summary>The network.</summary>
    public T Network => _opened.Value.Network;

    /// <summary>Where its classes lie among the texts.</summary>
    public ClassSpace Space => _opened.Value.Space;

    /// <summary>The sentences that the names of its classes stand in; none where the names stand alone.</summary>
    public IReadOnlyList<string> Templates => templates;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_opened.IsValueCreated)
        {
            Network.Dispose();
        }
    }
}

namespace Simile.Models.Projection;

/// <summary>A classifier that is projected into a text space. Opened on first use, and owned.</summary>
/// <param name="open">Opens the network, whose outputs are class scores, and the class vectors.</param>
/// <param name="templates">The templates of the class names.</param>
internal sealed class ProjectedClassifier<T>(Func<(T Network, ClassSpace Space)> open, IReadOnlyList<string> templates) : IDisposable
    where T : IDisposable
{
    private readonly Lazy<(T Network, ClassSpace Space)> _opened = new(open);

    /// <summary>The network.</summary>
    public T Network => _opened.Value.Network;

    /// <summary>The class vectors in the text space.</summary>
    public ClassSpace Space => _opened.Value.Space;

    /// <summary>The templates of the class names; empty for the plain names.</summary>
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

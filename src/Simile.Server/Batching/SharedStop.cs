namespace Simile.Server.Batching;

/// <summary>Cancels a batch when all of its requests are canceled.</summary>
internal sealed class SharedStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private int _left;

    public SharedStop(IEnumerable<CancellationToken> requests)
    {
        CancellationToken[] tokens = [.. requests];
        _left = tokens.Length;
        foreach (var token in tokens)
        {
            _registrations.Add(token.Register(Leave));
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        // Disposal of a registration waits for its callback, so the source is not canceled afterwards.
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _source.Cancel();
        }
    }
}

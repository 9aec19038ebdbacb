namespace Simile.Models;

/// <summary>
/// Counts who reads memory that is not .NET's own (a mapped file, a network of ONNX Runtime) and keeps it until they are out: a model that is disposed
/// while another thread uses it would end the process otherwise.
/// </summary>
internal sealed class Occupancy
{
    private const int Closed = int.MinValue;
    private int _inside; // with Closed added once nobody may enter

    /// <summary>Enters, until what this returns is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public Stay Enter()
    {
        if (Interlocked.Increment(ref _inside) < 0)
        {
            Interlocked.Decrement(ref _inside);
            throw new ObjectDisposedException(objectName: null, "The model was disposed: load it again, or dispose it when nobody uses it any more.");
        }

        return new Stay(this);
    }

    /// <summary>Lets nobody in from now on, and waits until all are out.</summary>
    public void Close()
    {
        Interlocked.Or(ref _inside, Closed);
        var wait = new SpinWait();
        while (Volatile.Read(ref _inside) != Closed)
        {
            wait.SpinOnce();
        }
    }

    /// <summary>One stay.</summary>
    public readonly ref struct Stay(Occupancy occupancy)
    {
        public void Dispose() => Interlocked.Decrement(ref occupancy._inside);
    }
}

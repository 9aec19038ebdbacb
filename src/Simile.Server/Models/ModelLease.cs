namespace Simile.Server.Models;

/// <summary>A model in use. It stays in memory until the lease is disposed.</summary>
internal sealed class ModelLease<T>(ServedModel served, T model) : IDisposable
    where T : class
{
    public string Id => served.Id;

    public T Model => model;

    public void Dispose() => served.Release();
}

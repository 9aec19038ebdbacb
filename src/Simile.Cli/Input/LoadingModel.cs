using Simile.Models;

namespace Simile.Cli;

/// <summary>A model that is loaded while something else is done. Whoever disposes it waits for it, so that nothing is left behind, whatever failed meanwhile.</summary>
internal sealed class LoadingModel(string name) : IDisposable
{
    private readonly Task<JointModel> _loading = Task.Run(() => Load(name), CancellationToken.None);

    /// <summary>The model, with its network for texts ready; owned by this. What is wrong with it is thrown here.</summary>
    public JointModel Model => _loading.GetAwaiter().GetResult();

    public void Dispose()
    {
        ((IAsyncResult)_loading).AsyncWaitHandle.WaitOne();
        if (_loading.IsCompletedSuccessfully)
        {
            _loading.Result.Dispose();
        }
    }

    private static JointModel Load(string name)
    {
        var model = ModelInput.LoadAny(name);
        try
        {
            _ = model.Texts;
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}

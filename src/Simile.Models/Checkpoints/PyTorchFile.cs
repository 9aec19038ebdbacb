namespace Simile.Models.Checkpoints;

/// <summary>stub</summary>
internal static class PyTorchFile
{
    /// <summary>stub</summary>
    public static Checkpoint Open(string path) => throw new NotSupportedException(path);
}

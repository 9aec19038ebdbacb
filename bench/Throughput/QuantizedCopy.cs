using Simile.Models;

namespace Throughput;

/// <summary>A quantized copy of a model in a temporary folder.</summary>
internal sealed class QuantizedCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simile-int8-").FullName;

    public QuantizedCopy(string model)
    {
        ModelQuantizer.Quantize(model, _folder);
        Model = TextEmbedder.Load(_folder);
    }

    public TextEmbedder Model { get; }

    public void Dispose()
    {
        Model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

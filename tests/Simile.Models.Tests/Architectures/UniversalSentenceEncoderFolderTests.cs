using System.IO.Compression;
using System.Text;
using Simile.Models.Architectures;
using Simile.Models.Tests.Fuzz;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

public sealed class UniversalSentenceEncoderFolderTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Gzipped_weights_are_those_that_were_packed()
    {
        var bytes = SmallFiles.SafeTensors();
        Pack(bytes);
        using var weights = UniversalSentenceEncoderFolder.OpenWeights(ModelFolder.Find(_folder));
        Assert.NotEmpty(weights.Tensors);
    }

    [Fact]
    public void Gzipped_weights_that_are_none_are_named_by_their_own_name()
    {
        Pack(Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 100))));
        var error = Assert.Throws<InvalidDataException>(() => UniversalSentenceEncoderFolder.OpenWeights(ModelFolder.Find(_folder)));
        Assert.StartsWith(Path.Combine(_folder, "model.safetensors.gz") + " is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_bytes_that_would_fill_a_disk_are_refused()
    {
        Pack(new byte[10_000_000]);
        var error = Assert.Throws<InvalidDataException>(() => UniversalSentenceEncoderFolder.OpenWeights(ModelFolder.Find(_folder)));
        Assert.Contains("32 times its length", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private void Pack(byte[] bytes)
    {
        using var gzip = new GZipStream(File.Create(Path.Combine(_folder, "model.safetensors.gz")), CompressionLevel.Fastest);
        gzip.Write(bytes);
    }
}

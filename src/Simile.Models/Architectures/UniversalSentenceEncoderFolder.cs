using System.IO.Compression;
using Simile.Models.Checkpoints;
using Simile.Models.Text;
using Simile.Tokenizers;

namespace Simile.Models.Architectures;

/// <summary>
/// A universal-sentence-encoder-multilingual in a folder: config.json, sentencepiece.model, model.safetensors (also gzipped).
/// </summary>
internal static class UniversalSentenceEncoderFolder
{
    /// <summary>The file of the tokenizer.</summary>
    public const string VocabularyFile = "sentencepiece.model";

    private const string WeightsFile = "model.safetensors";

    // A few bytes of deflate can expand a thousandfold.
    private const int MostUnpacked = 32;

    /// <summary>Opens the model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="bitEqual">Whether each text runs alone.</param>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static TextEncoder Load(ModelFolder folder, bool bitEqual = false)
    {
        var config = UniversalSentenceEncoderConfig.Parse(File.ReadAllBytes(folder.File("config.json")), folder.File("config.json"));
        var weights = OpenWeights(folder);
        try
        {
            var tokenizer = Task.Run(() => Tokenizer.Load(folder.File(VocabularyFile)));
            return UniversalSentenceEncoder.Start(
                config, new UniversalSentenceEncoderTable(weights), weights, tokenizer, weights, bitEqual);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Opens the weights. Gzipped weights are unpacked to a temporary file, which is deleted with the checkpoint.</summary>
    public static Checkpoint OpenWeights(ModelFolder folder)
    {
        var packed = WeightsFile + ".gz";
        if (folder.Exists(WeightsFile) || !folder.Exists(packed))
        {
            return SafeTensors.Open(folder.File(WeightsFile));
        }

        var unpacked = new TemporaryFile();
        try
        {
            unpacked.Unpack(folder.File(packed));
            var weights = SafeTensors.Open(unpacked.Path);
            return new Checkpoint(weights.Tensors, weights, unpacked);
        }
        catch (Exception e)
        {
            unpacked.Dispose();
            if (e is InvalidDataException)
            {
                // Messages must not name the temporary file.
                throw new InvalidDataException(e.Message.Replace(unpacked.Path, folder.File(packed), StringComparison.Ordinal), e);
            }

            throw;
        }
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Unpack(string packed)
        {
            using var file = File.OpenRead(packed);
            using var source = new GZipStream(file, CompressionMode.Decompress);
            using var target = File.Create(Path);
            var buffer = new byte[1 << 16];
            try
            {
                for (int read; (read = source.Read(buffer)) > 0;)
                {
                    target.Write(buffer.AsSpan(0, read));
                    if (target.Length > (MostUnpacked * file.Length) + buffer.Length)
                    {
                        throw new InvalidDataException($"it would unpack to more than {MostUnpacked} times its length, so it is damaged");
                    }
                }
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{packed} is damaged: {e.Message.TrimEnd('.')}.", e);
            }
        }

        public void Dispose() => File.Delete(Path);
    }
}

using Simile.Analysis.Projections;

namespace Simile.Analysis;

/// <content>Saving and loading.</content>
public sealed partial class Autoencoder
{
    /// <summary>Writes the autoencoder to a file, atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AutoencoderFile.Write(path, _network, _mean, _scale);

    /// <summary>Reads an autoencoder that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not an autoencoder, has a later version, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Autoencoder Load(string path)
    {
        var (network, mean, scale) = AutoencoderFile.Read(path);
        return new Autoencoder(network, mean, scale);
    }
}

using Simile.Indexing;
using Simile.Models;
using Simile.Models.Sound;

namespace Simile.Cli;

/// <summary>Files of sounds, cut into parts of ten seconds, each with a vector. Some are decoded while others are in the network.</summary>
internal sealed class SoundFiles(JointModel model) : IMediaEmbedder
{
    private static readonly TimeSpan Part = TimeSpan.FromSeconds(10);

    public string Recipe => "1";

    public IReadOnlyList<EmbeddedFile> Embed(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var files = new EmbeddedFile[paths.Count];
        EachCore.Run(paths.Count, i => files[i] = Embed(paths[i], cancellationToken), cancellationToken);
        return files;
    }

    private EmbeddedFile Embed(string path, CancellationToken cancellationToken)
    {
        try
        {
            var sound = Waveform.Load(path);
            return sound.Samples.IsEmpty ? EmbeddedFile.Refused($"{path} has no samples.") : Embed(sound, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return EmbeddedFile.Refused(e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {Failures.Sentence(e)}");
        }
    }

    private EmbeddedFile Embed(Waveform sound, CancellationToken cancellationToken)
    {
        var parts = SoundWindow.Cut(sound.Duration, Part);
        var vectors = model.EmbedSounds([.. parts.Select(part => sound.Slice(part.From, part.To - part.From))], cancellationToken);
        return new EmbeddedFile([.. parts.Select((part, i) => new EmbeddedPart(vectors[i].ToArray(), part.From, part.To))], null);
    }
}

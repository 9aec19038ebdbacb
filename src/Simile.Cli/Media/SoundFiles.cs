using Simile.Audio;
using Simile.Indexing;
using Simile.Models;
using Simile.Numerics;

namespace Simile.Cli;

/// <summary>Files of sounds, cut into parts of ten seconds, each with a vector. Some are decoded while others are in the network.</summary>
internal sealed class SoundFiles(JointModel model) : IMediaEmbedder
{
    private const int PartsAtOnce = 16;
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
            var parts = Parts(path, cancellationToken).ToArray();
            return parts.Length == 0 ? EmbeddedFile.Refused($"{path} has no samples.") : new EmbeddedFile(parts, null);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return EmbeddedFile.Refused(e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {Failures.Sentence(e)}");
        }
    }

    // Of a recording of hours only some parts are in memory.
    private IEnumerable<EmbeddedPart> Parts(string path, CancellationToken cancellationToken)
    {
        foreach (var some in Waveform.LoadWindows(path, Part).Chunk(PartsAtOnce))
        {
            var vectors = model.EmbedSounds(Array.ConvertAll(some, part => part.Sound), cancellationToken);
            for (var i = 0; i < some.Length; i++)
            {
                yield return new EmbeddedPart(vectors[i].ToArray(), some[i].Window.From, some[i].Window.To);
            }
        }
    }
}

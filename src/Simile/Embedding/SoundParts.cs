using Simile.Audio;

namespace Simile.Embedding;

/// <summary>Splits sound files into parts of ten seconds and embeds each part. Decoding and embedding overlap.</summary>
internal static class SoundParts
{
    private const int PartsAtOnce = 16;
    private static readonly TimeSpan Part = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<EmbeddedFile>> EmbedAsync(
        MultimodalModel model, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var files = new EmbeddedFile[paths.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, paths.Count, options, (i, stop) =>
        {
            files[i] = Embed(model, paths[i], stop);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return files;
    }

    /// <summary>The single vector of a sound: the normalized mean of its parts, as for a file.</summary>
    public static float[] Embed(MultimodalModel model, Waveform sound, CancellationToken cancellationToken)
    {
        var windows = SoundWindow.Cut(sound.Duration, Part);
        if (windows.Count == 0)
        {
            throw new InvalidDataException("The sound has no samples.");
        }

        var parts = new List<ReadOnlyMemory<float>>(windows.Count);
        foreach (var some in windows.Chunk(PartsAtOnce))
        {
            var vectors = model.EmbedSounds(
                Array.ConvertAll(some, window => sound.Slice(window.From, window.To - window.From)), cancellationToken);
            parts.AddRange(Enumerable.Range(0, some.Length).Select(i => (ReadOnlyMemory<float>)vectors[i].ToArray()));
        }

        return FileEmbedder.Pool(parts);
    }

    private static EmbeddedFile Embed(MultimodalModel model, string path, CancellationToken cancellationToken)
    {
        try
        {
            var parts = Parts(model, path, cancellationToken).ToArray();
            return parts.Length == 0 ? EmbeddedFile.Refused($"{path} has no samples.") : new EmbeddedFile(parts, null);
        }
        catch (Exception e) when (e
            is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return EmbeddedFile.Refused(e.Message.Contains(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}");
        }
    }

    // A recording of hours is never whole in memory.
    private static IEnumerable<EmbeddedPart> Parts(MultimodalModel model, string path, CancellationToken cancellationToken)
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

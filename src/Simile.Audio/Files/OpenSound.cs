using Simile.Numerics.Files;

namespace Simile.Audio.Files;

/// <summary>A sound file being read: by our readers, or by ffmpeg where they do not know it. What is wrong with it is said with its path.</summary>
internal sealed class OpenSound : IDisposable
{
    private readonly string _path;
    private readonly BufferedStream _stream;
    private readonly SampleReader _samples;
    private readonly Ffmpeg? _ffmpeg;

    private OpenSound(string path)
    {
        _path = path;
        RegularFile.Require(path);
        _stream = new BufferedStream(File.OpenRead(path), 1 << 16);
        try
        {
            (_samples, _ffmpeg) = Begin();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Samples a second.</summary>
    public int Rate => _samples.Rate;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no sound that can be read.</exception>
    public static OpenSound Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(path) ? Named(path, () => new OpenSound(path)) : throw new FileNotFoundException($"There is no sound file {path}.", path);
    }

    /// <summary>Fills a buffer with the next samples and returns how many there were: fewer than asked for at the end alone.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public int Read(Memory<float> samples) => Named(_path, () =>
    {
        var count = _samples.Read(samples.Span);
        if (count < samples.Length)
        {
            _ffmpeg?.End();
        }

        return count;
    });

    /// <summary>All that is left.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or too long for memory.</exception>
    public Waveform ReadAll() => Named(_path, () =>
    {
        var all = _samples.ReadAll();
        _ffmpeg?.End();
        return all;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _ffmpeg?.Dispose();
    }

    private (SampleReader Samples, Ffmpeg? Ffmpeg) Begin()
    {
        try
        {
            return (SoundFile.Begin(_stream), null);
        }
        catch (UnknownCodingException e)
        {
            var ffmpeg = Ffmpeg.Start(_path, e.Message);
            try
            {
                return (ffmpeg.Begin(), ffmpeg);
            }
            catch
            {
                ffmpeg.Dispose();
                throw;
            }
        }
    }

    private static T Named<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} cannot be read as sound: {Quoted.Of(e.Message)}.", e);
        }
    }
}

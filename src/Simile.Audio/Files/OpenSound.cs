using Simile.Numerics.Files;

namespace Simile.Audio.Files;

/// <summary>An open sound file, read by our readers or, for formats they do not support, by ffmpeg. Errors name the path.</summary>
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

    /// <summary>Samples per second.</summary>
    public int Rate => _samples.Rate;

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not a readable sound.</exception>
    public static OpenSound Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(path)
            ? Named(path, () => new OpenSound(path))
            : throw new FileNotFoundException($"There is no sound file {path}.", path);
    }

    /// <summary>Fills a buffer with the next samples and returns their number. It is less than requested only at the end.</summary>
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

    /// <summary>Reads all remaining samples.</summary>
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

using System.ComponentModel;
using System.Diagnostics;

namespace Simile.Audio.Files;

/// <summary>Reads what we do not (AAC, WMA, video and more) through the ffmpeg program, where it is installed.</summary>
/// <remarks>Owns the process, which ends with it.</remarks>
internal sealed class Ffmpeg : IDisposable
{
    private const int LongestComplaint = 200;

    private readonly Process _process;
    private readonly Task<string> _complaint;
    private readonly string _why;

    private Ffmpeg(Process process, string why)
    {
        (_process, _why) = (process, why);
        _complaint = Task.Run(() => FirstComplaint(process.StandardError));
    }

    /// <param name="path">A file.</param>
    /// <param name="why">What our own readers say of it.</param>
    /// <exception cref="InvalidDataException">There is no ffmpeg.</exception>
    public static Ffmpeg Start(string path, string why)
    {
        // "file:" keeps a name such as "concat:a" from being anything but a name; -vn leaves cover pictures alone.
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-v", "error", "-nostdin", "-i", "file:" + Path.GetFullPath(path), "-vn", "-f", "wav", "-c:a", "pcm_f32le", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new Ffmpeg(Process.Start(start)!, why);
        }
        catch (Win32Exception e)
        {
            throw new InvalidDataException($"{why}; convert it to WAV, or install ffmpeg, which reads most kinds", e);
        }
    }

    /// <summary>Stands before the first of the samples that ffmpeg makes of the file.</summary>
    /// <exception cref="InvalidDataException">It makes none.</exception>
    public SampleReader Begin()
    {
        try
        {
            return SoundFile.Begin(_process.StandardOutput.BaseStream);
        }
        catch (Exception e) when (e is InvalidDataException or UnknownCodingException)
        {
            throw Complaint();
        }
    }

    /// <summary>Waits for the end, when all samples are read.</summary>
    /// <exception cref="InvalidDataException">ffmpeg could not read the file to its end.</exception>
    public void End()
    {
        _process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        _process.WaitForExit();
        if (_process.ExitCode != 0)
        {
            throw Complaint();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _complaint.GetAwaiter().GetResult();
        _process.Dispose();
    }

    private InvalidDataException Complaint()
    {
        _process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        var said = _complaint.GetAwaiter().GetResult();
        return new InvalidDataException(said.Length == 0 ? _why : $"{_why}, and ffmpeg says: {said}");
    }

    // A damaged file makes ffmpeg say the same of every block; it names its own parts and their addresses before that.
    private static string FirstComplaint(StreamReader errors)
    {
        var first = string.Empty;
        while (errors.ReadLine() is { } line)
        {
            var text = (line.StartsWith('[') ? line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..] : line).Trim().TrimEnd('.');
            first = first.Length > 0 ? first : text[..Math.Min(text.Length, LongestComplaint)];
        }

        return first;
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Simile.Audio.Files;

/// <summary>Reads formats that we do not support (AAC, WMA, video and more) through the ffmpeg program if it is installed.</summary>
/// <remarks>Owns the process and ends it on disposal.</remarks>
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
    /// <param name="why">The reason why our own readers refused it.</param>
    /// <exception cref="InvalidDataException">ffmpeg is not installed.</exception>
    public static Ffmpeg Start(string path, string why)
    {
        // "file:" makes ffmpeg take a name such as "concat:a" as a file name. -vn skips cover pictures.
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])
        [
            "-v", "error", "-nostdin", "-i", "file:" + Path.GetFullPath(path), "-vn", "-f", "wav", "-c:a", "pcm_f32le", "-",
        ])
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

    /// <summary>Waits for the first samples from ffmpeg.</summary>
    /// <exception cref="InvalidDataException">ffmpeg gave no samples.</exception>
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

    /// <summary>Waits for ffmpeg to exit after all samples were read.</summary>
    /// <exception cref="InvalidDataException">ffmpeg did not read the file to its end.</exception>
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

    // For a damaged file ffmpeg repeats one message for every block, so only the first is kept, without its "[component @ address]" prefix.
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

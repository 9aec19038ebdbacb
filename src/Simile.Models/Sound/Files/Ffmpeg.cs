using System.ComponentModel;
using System.Diagnostics;

namespace Simile.Models.Sound.Files;

/// <summary>Reads what we do not (MP3, FLAC, Ogg, video) through the ffmpeg program, where it is installed.</summary>
internal static class Ffmpeg
{
    /// <param name="path">A file.</param>
    /// <param name="why">What our own readers say of it.</param>
    /// <exception cref="InvalidDataException">There is no ffmpeg, or it cannot read the file either.</exception>
    public static Waveform Read(string path, string why)
    {
        // "file:" keeps a name such as "concat:a" from being anything but a name; -vn leaves cover pictures alone.
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-v", "error", "-nostdin", "-i", "file:" + Path.GetFullPath(path), "-vn", "-f", "wav", "-c:a", "pcm_f32le", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Start(start, path, why);
        var errors = process.StandardError.ReadToEndAsync();
        Waveform? waveform = null;
        try
        {
            waveform = SoundFile.Read(process.StandardOutput.BaseStream);
        }
        catch (Exception e) when (e is InvalidDataException or UnknownCodingException)
        {
            why = e.Message;
        }

        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" ");
        return process.ExitCode == 0 && waveform is not null
            ? waveform
            : throw new InvalidDataException($"{path} cannot be read as sound, not by ffmpeg either: {(said.Length > 0 ? said : why)}.");
    }

    private static Process Start(ProcessStartInfo start, string path, string why)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidDataException($"{path} cannot be read as sound: {why}. Convert it to WAV, or install ffmpeg, which reads most kinds.", e);
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Simile.Audio;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile spectrogram SOUND --out FILE.png: draws the mel spectrogram of a sound.</summary>
internal static class SpectrogramVerb
{
    private sealed record Options(string Sound, string Out, int Bands, bool Json);

    public static Command Create(Job job)
    {
        var sound = new Argument<string>("SOUND") { Description = "A file of sound." };
        var file = new Option<string>("--out", "-o") { Description = "The PNG to write.", HelpName = "F.png", Required = true };
        CommonOptions.RequireEnding(file, "PNG files", ".png");
        var bands = CommonOptions.Count("--bands", "Number of mel bands, which are the rows of the picture; at most 512.", 128, most: 512);
        var json = CommonOptions.Json("Print {\"path\",\"width\",\"height\",\"seconds\"}.");
        var verb = new Verb(
            "spectrogram",
            "Draws the mel spectrogram of a sound: time from left to right, high notes at the top, loud is bright.",
            "simile spectrogram bark.wav --out bark.png")
        {
            sound, file, bands, json,
        };
        verb.SetAction(parsed =>
            Run(new Options(parsed.GetValue(sound)!, parsed.GetValue(file)!, parsed.GetValue(bands), parsed.GetValue(json)), job.Terminal));
        return verb;
    }

    private static int Run(Options options, Terminal terminal)
    {
        var sound = Waveform.Load(options.Sound);
        if (sound.Samples.IsEmpty)
        {
            throw new InvalidDataException($"{options.Sound} has no samples: there is nothing to draw.");
        }

        var picture = SpectrogramPicture.Build(sound, options.Bands);
        picture.SavePng(options.Out);
        if (options.Json)
        {
            new JsonLines(terminal.Output).Write(writer =>
            {
                writer.WriteString("path", options.Out);
                writer.WriteNumber("width", picture.Width);
                writer.WriteNumber("height", picture.Height);
                writer.WriteNumber("seconds", Math.Round(sound.Duration.TotalSeconds, 3));
            });
        }
        else
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{options.Out}: {picture.Width} × {picture.Height}, {sound.Duration.TotalSeconds:F1} s"));
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.Globalization;
using Simile.Models.BuiltIn;

namespace Simile.Cli;

/// <summary>simile models pack FOLDER --out FILE: packs a checkpoint into the format of the built-in model.</summary>
internal static class ModelsPackVerb
{
    private sealed record Options(
        string Folder, string Out, string? Image, string? ImageLabels, string? Sound, string? SoundLabels, bool Json);

    public static Command Create(Job job)
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of the checkpoint." };
        var file = new Option<string>("--out", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var image = new Option<string>("--image")
        {
            Description = "A picture classifier to add: MobileNet v2 as ONNX with byte weights.",
            HelpName = "FILE",
        };
        var imageLabels = new Option<string>("--image-labels") { Description = "Its class names, one per line.", HelpName = "FILE" };
        var sound = new Option<string>("--sound")
        {
            Description = "A sound classifier to add: YAMNet as ONNX with byte weights.",
            HelpName = "FILE",
        };
        var soundLabels = new Option<string>("--sound-labels") { Description = "Its class names.", HelpName = "FILE" };
        var json = CommonOptions.Json("Print {\"path\",\"bytes\"}.");
        var verb = new Verb(
            "pack",
            "Packs a checkpoint of the built-in model's family into one small file.",
            "simile models pack ./use-multilingual-v3 --out base.simd",
            "simile models pack ./use-multilingual-v3 --out base.simd --image mobilenet.onnx --image-labels labels.txt --sound yamnet.onnx "
            + "--sound-labels classes.csv")
        { folder, file, image, imageLabels, sound, soundLabels, json };
        verb.Check(result => new[] { image, imageLabels, sound, soundLabels }.Count(option => result.GetValue(option) is not null) is 0 or 4
            ? null
            : "Classifiers are added together: give --image, --image-labels, --sound and --sound-labels, or none of them.");
        verb.SetAction(parsed => Run(
            new Options(
                parsed.GetValue(folder)!,
                parsed.GetValue(file)!,
                parsed.GetValue(image),
                parsed.GetValue(imageLabels),
                parsed.GetValue(sound),
                parsed.GetValue(soundLabels),
                parsed.GetValue(json)),
            job.Terminal));
        return verb;
    }

    private static int Run(Options options, Terminal terminal)
    {
        BuiltInModel.Pack(options.Folder, options.Out);
        if (options.Image is { } image)
        {
            BuiltInModel.Join(options.Out, (image, options.ImageLabels!), (options.Sound!, options.SoundLabels!));
        }

        var bytes = new FileInfo(options.Out).Length;
        if (options.Json)
        {
            new JsonLines(terminal.Output).Write(writer =>
            {
                writer.WriteString("path", options.Out);
                writer.WriteNumber("bytes", bytes);
            });
        }
        else
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Out}: {bytes:N0} bytes"));
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile models join --image CLASSIFIER --labels FILE: adds a classifier to a text model by its class names.</summary>
internal static class ModelsJoinVerb
{
    public static Command Create(Job job)
    {
        var text = new Option<string?>("--text")
        {
            Description = "A text model by name or folder. Default: the folder's text model, or the built-in one.",
            HelpName = "NAME|FOLDER",
        };
        var image = new Option<string?>("--image")
        {
            Description = "A picture classifier: a name, a folder, a checkpoint or an ONNX file.",
            HelpName = "CLASSIFIER",
        };
        var sound = new Option<string?>("--sound") { Description = "A classifier of sounds.", HelpName = "CLASSIFIER" };
        var labels = new Option<string?>("--labels", "-l")
        {
            Description = "Its class names in order, one per line. Default: id2label of its config.json.",
            HelpName = "FILE",
        };
        var template = new Option<string[]>("--template")
        {
            Description = "A sentence with {} for the name. Repeatable: several are averaged. "
                + "Default: 'a photo of a {}', 'the sound of {}'.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => [],
        };
        var layer = new Option<string?>("--layer")
        {
            Description = "The output with the class scores, if it is not named logits or scores.",
            HelpName = "NAME",
        };
        var scores = CommonOptions.OptionalChoice<ClassScores>("--scores", "How scores become probabilities. Default: as in its files.");
        var folder = new Option<string>("--out", "--output", "-o")
        {
            Description = "The folder to write. A classifier of the other kind is added to an existing folder.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "joined",
        };
        var json = CommonOptions.Json("Print {\"path\",\"kinds\",\"classes\",\"dimensions\"}.");
        var verb = new Verb(
            "join",
            "Adds a classifier of pictures or sounds to a text model, so that text queries find them. Nothing is trained.",
            "simile models join --image resnet50.onnx --labels imagenet.txt --out photos",
            "simile models join --text ./all-MiniLM-L6-v2 --sound ./ast-audioset --out recordings",
            "simile find 'a cat' ./pictures --model photos")
        { text, image, sound, labels, template, layer, scores, folder, json };
        verb.Check(result => result.GetValue(image) is null == result.GetValue(sound) is null
            ? "Give one classifier, --image or --sound: a second run adds the other to the same folder."
            : null);
        verb.SetAction(parsed =>
        {
            var (pictures, sounds) = (parsed.GetValue(image), parsed.GetValue(sound));
            var options = new ClassNameProjectionOptions
            {
                Text = parsed.GetValue(text),
                Classifier = pictures ?? sounds!,
                Kind = pictures is null ? MediaKind.Sound : MediaKind.Image,
                Labels = parsed.GetValue(labels),
                Templates = parsed.GetValue(template)!,
                Layer = parsed.GetValue(layer),
                Scores = parsed.GetValue(scores),
            };
            return Run(parsed.GetValue(folder)!, options, parsed.GetValue(json), job);
        });
        return verb;
    }

    private static int Run(string folder, ClassNameProjectionOptions options, bool asJson, Job job)
    {
        ClassNameProjectionResult made;
        using (var progress = job.Terminal.Progress("names"))
        {
            made = ClassNameProjection.Build(folder, options, progress, job.Stop);
        }

        var kinds = made.Kinds.Select(kind => kind.ToString().ToLowerInvariant()).ToArray();
        if (asJson)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("path", folder);
                writer.WriteStartArray("kinds");
                Array.ForEach(kinds, writer.WriteStringValue);
                writer.WriteEndArray();
                writer.WriteNumber("classes", made.Classes);
                writer.WriteNumber("dimensions", made.Dimensions);
            });
        }
        else
        {
            job.Terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{folder}: {made.Classes:N0} classes joined; vectors of {string.Join(", ", kinds)} with {made.Dimensions} dimensions"));
        }

        return ExitCode.Done;
    }
}

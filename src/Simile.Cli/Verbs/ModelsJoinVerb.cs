using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile models join --image CLASSIFIER --labels FILE: words find what a classifier tells apart, by the names of its classes.</summary>
internal static class ModelsJoinVerb
{
    public static Command Create(Job job)
    {
        var text = new Option<string?>("--text") { Description = "A model of texts by name or folder. Without: the built-in one, or the one that the folder has.", HelpName = "NAME|FOLDER" };
        var image = new Option<string?>("--image") { Description = "A classifier of pictures: a name, a folder, a checkpoint or an ONNX file.", HelpName = "CLASSIFIER" };
        var sound = new Option<string?>("--sound") { Description = "A classifier of sounds.", HelpName = "CLASSIFIER" };
        var labels = new Option<string?>("--labels", "-l") { Description = "The names of its classes, one a line, in its order. Without: id2label of its config.json.", HelpName = "FILE" };
        var template = new Option<string[]>("--template") { Description = "A sentence with {} where a name goes; several are averaged. Without: 'a photo of a {}', 'the sound of {}'.", HelpName = "TEXT", DefaultValueFactory = _ => [] };
        var layer = new Option<string?>("--layer") { Description = "The output that holds a number for each class, where it is not called logits or scores.", HelpName = "NAME" };
        var scores = CommonOptions.OptionalChoice<ClassScores>("--scores", "What these numbers are; softmax and sigmoid are taken of them. Without: what its files say.");
        var folder = new Option<string>("--out", "--output", "-o") { Description = "The folder to write; a classifier of the other kind is added to it.", HelpName = "DIR", DefaultValueFactory = _ => "joined" };
        var json = CommonOptions.Json("Print {\"path\",\"kinds\",\"classes\",\"dimensions\"}.");
        var verb = new Verb(
            "join",
            "Joins a classifier of pictures or sounds to a model of texts, so that words find them: nothing is trained.",
            "simile models join --image resnet50.onnx --labels imagenet.txt --out photos",
            "simile models join --text ./all-MiniLM-L6-v2 --sound ./ast-audioset --out recordings",
            "simile find 'a cat' ./pictures --model photos")
        { text, image, sound, labels, template, layer, scores, folder, json };
        verb.Check(result => result.GetValue(image) is null == result.GetValue(sound) is null
            ? "One classifier is joined at a time: give --image or --sound; a second run adds the other to the same folder."
            : null);
        verb.SetAction(parsed =>
        {
            var (pictures, sounds) = (parsed.GetValue(image), parsed.GetValue(sound));
            var options = new ModelJoinOptions
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

    private static int Run(string folder, ModelJoinOptions options, bool asJson, Job job)
    {
        ModelJoinResult made;
        using (var progress = job.Terminal.Progress("names"))
        {
            made = ModelJoin.Build(folder, options, progress, job.Stop);
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
            job.Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{folder}: {made.Classes:N0} classes joined; vectors of {string.Join(", ", kinds)} with {made.Dimensions} dimensions"));
        }

        return ExitCode.Done;
    }
}

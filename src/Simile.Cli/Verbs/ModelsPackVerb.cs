using System.CommandLine;
using System.Globalization;
using Simile.Models.BuiltIn;

namespace Simile.Cli;

/// <summary>simile models pack FOLDER --out FILE: the numbers of a checkpoint in the few bytes the built-in model is kept in.</summary>
internal static class ModelsPackVerb
{
    private sealed record Options(string Folder, string Out, bool Json);

    public static Command Create(Job job)
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of the checkpoint." };
        var file = new Option<string>("--out", "-o") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var json = CommonOptions.Json("Print {\"path\",\"bytes\"}.");
        var verb = new Verb(
            "pack",
            "Packs a checkpoint of the built-in model's family into its small form.",
            "simile models pack ./use-multilingual-v3 --out base.simd")
        { folder, file, json };
        verb.SetAction(parsed => Run(new Options(parsed.GetValue(folder)!, parsed.GetValue(file)!, parsed.GetValue(json)), job.Terminal));
        return verb;
    }

    private static int Run(Options options, Terminal terminal)
    {
        BuiltInModel.Pack(options.Folder, options.Out);
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

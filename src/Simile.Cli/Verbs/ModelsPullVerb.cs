using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile models pull NAME…: models from the hub into its cache.</summary>
internal static class ModelsPullVerb
{
    public static Command Create(Job job)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "OWNER/NAME, with @REVISION behind it for a branch, tag or commit.",
            Arity = ArgumentArity.OneOrMore,
        };
        var tokenizer = new Option<bool>("--tokenizer") { Description = "Only what the tokenizer needs." };
        var all = new Option<bool>("--all") { Description = "Every file, also weights in formats that are not used." };
        var json = CommonOptions.Json("Print {\"name\",\"revision\",\"path\",\"files\",\"bytes\",\"transferred\"} a line.");
        var verb = new Verb(
            "pull",
            "Pulls models from the hub into the cache that Python's tools use too; what is there is not pulled again, what was interrupted "
            + "is gone on with.",
            "simile models pull sentence-transformers/all-MiniLM-L6-v2",
            "simile models pull BAAI/bge-small-en-v1.5@main --json",
            "HF_TOKEN=hf_... simile models pull meta-llama/Llama-2-7b-chat-hf --tokenizer")
        { names, tokenizer, all, json };
        verb.Check(result => result.GetValue(tokenizer) && result.GetValue(all) ? "--tokenizer and --all exclude each other." : null);
        verb.SetAction(parsed => Run(
            parsed.GetValue(names)!,
            parsed.GetValue(tokenizer) ? HubFiles.Tokenizer : parsed.GetValue(all) ? HubFiles.All : HubFiles.Model,
            parsed.GetValue(json),
            job));
        return verb;
    }

    /// <summary>Pulls one model, with a line that tells how far it is.</summary>
    public static HubSnapshot Pull(HubClient hub, string name, HubFiles files, Job job)
    {
        using var line = job.Terminal.Progress("bytes");
        job.Terminal.KeptOnStop = "What has come is kept; the same command goes on with it.";
        var snapshot = Job.Wait(hub.PullAsync(name, files, new PullLine(line), job.Stop));
        job.Terminal.KeptOnStop = null;
        return snapshot;
    }

    private static int Run(string[] names, HubFiles files, bool asJson, Job job)
    {
        using var hub = new HubClient();
        foreach (var name in names)
        {
            var made = Pull(hub, name, files, job);
            if (asJson)
            {
                new JsonLines(job.Terminal.Output).Write(writer =>
                {
                    writer.WriteString("name", made.Name);
                    writer.WriteString("revision", made.Commit);
                    writer.WriteString("path", made.Folder);
                    writer.WriteNumber("files", made.Files);
                    writer.WriteNumber("bytes", made.Bytes);
                    writer.WriteNumber("transferred", made.Transferred);
                });
            }
            else
            {
                var came = made.Transferred == 0 ? "all was there" : $"{Size.Of(made.Transferred)} came";
                job.Terminal.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{made.Name}: {made.Files:N0} files, {Size.Of(made.Bytes)}, {came}: {made.Folder}"));
            }
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.Globalization;

namespace Simile.Cli;

/// <summary>simile store check --store DIR: verifies the checksums of a store.</summary>
internal static class StoreCheckVerb
{
    private sealed record Options(string Store, bool Json);

    public static Command Create(Job job)
    {
        var store = CommonOptions.Store();
        var json = CommonOptions.Json("Print one object: store, files, items, checksums, faults.");
        var verb = new Verb(
            "check",
            "Verifies everything in a store by its checksums. Fails (1) if anything is damaged.",
            "simile store check --store notes.simile")
        {
            store, json,
        };
        verb.SetAction(parsed => Run(new Options(parsed.GetValue(store)!, parsed.GetValue(json)), job));
        return verb;
    }

    private static int Run(Options options, Job job)
    {
        var check = Job.Wait(Corpus.CheckAsync(options.Store, job.Stop));
        if (options.Json)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("store", options.Store);
                writer.WriteNumber("files", check.Files);
                writer.WriteNumber("items", check.Items);
                writer.WriteBoolean("checksums", check.HasChecksums);
                writer.WriteStartArray("faults");
                foreach (var fault in check.Faults)
                {
                    writer.WriteStringValue(fault);
                }

                writer.WriteEndArray();
            });
        }
        else
        {
            Print(options.Store, check, job.Terminal);
        }

        return check.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failure;
    }

    private static void Print(string store, CorpusCheck check, Terminal terminal)
    {
        foreach (var fault in check.Faults)
        {
            terminal.WriteLine(fault);
        }

        var holds = string.Create(CultureInfo.InvariantCulture, $"{store}: {check.Files:N0} files, {check.Items:N0} items");
        terminal.WriteLine(
            check.Faults.Count > 0 ? $"{holds}; the store is damaged: delete it and index again."
            : check.HasChecksums ? $"{holds}; all checksums match."
            : $"{holds}; its structure is intact. It was made by an older Simile and has no checksums: the next 'simile index' adds them.");
    }
}

using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile store backup --store DIR --out DIR: copies a store while it is used.</summary>
internal static class StoreBackupVerb
{
    public static Command Create(Job job)
    {
        var store = CommonOptions.Store();
        var output = new Option<string>("--out", "-o")
        {
            Description = "The folder of the copy: a new or an empty one.",
            HelpName = "DIR",
            Required = true,
        };
        var verb = new Verb(
            "backup",
            "Copies a store, as it is at one moment. It may be searched and written meanwhile.",
            "simile store backup --store notes.simile --out notes-copy.simile")
        {
            store, output,
        };
        verb.SetAction(parsed => Run(parsed.GetValue(store)!, parsed.GetValue(output)!, job));
        return verb;
    }

    private static int Run(string store, string output, Job job)
    {
        Job.Wait(Corpus.BackUpAsync(store, output, job.Stop));
        job.Terminal.WriteLine($"{store}: copied to {output}");
        return ExitCode.Done;
    }
}

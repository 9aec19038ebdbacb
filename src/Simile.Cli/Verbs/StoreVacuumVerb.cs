using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile store vacuum --store DIR: gives the disk back what removed items used.</summary>
internal static class StoreVacuumVerb
{
    public static Command Create(Job job)
    {
        var store = CommonOptions.Store();
        var json = CommonOptions.Json("Print {\"store\",\"bytes_before\",\"bytes_after\"}.");
        var verb = new Verb(
            "vacuum",
            "Gives the disk back what removed files used. Searches go on meanwhile.",
            "simile store vacuum --store notes.simile")
        {
            store, json,
        };
        verb.SetAction(parsed => Run(parsed.GetValue(store)!, parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(string store, bool asJson, Job job)
    {
        var before = BytesOf(store);
        Job.Wait(Corpus.VacuumAsync(store, job.Stop));
        var after = BytesOf(store);
        if (asJson)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("store", store);
                writer.WriteNumber("bytes_before", before);
                writer.WriteNumber("bytes_after", after);
            });
        }
        else
        {
            job.Terminal.WriteLine($"{store}: {Size.Of(before)} before, {Size.Of(after)} now");
        }

        return ExitCode.Done;
    }

    private static long BytesOf(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
}

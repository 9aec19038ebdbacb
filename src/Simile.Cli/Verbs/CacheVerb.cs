using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile cache …: what find keeps.</summary>
internal static class CacheVerb
{
    public static Command Create(Job job) => new Verb("cache", "Deletes what find keeps of searched folders.", "simile cache clear")
    {
        Clear(job),
    };

    private static Verb Clear(Job job)
    {
        var json = CommonOptions.Json("Print {\"cache\",\"bytes\"}: the folder, and what was freed.");
        var verb = new Verb("clear", "Deletes the vectors that find keeps of searched folders. "
            + "They are made again when needed.", "simile cache clear") { json };
        verb.SetAction(parsed => Run(parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(bool asJson, Job job)
    {
        var bytes = CorpusCache.Clear();
        if (asJson)
        {
            new JsonLines(job.Terminal.Output).Write(writer =>
            {
                writer.WriteString("cache", CorpusCache.Root);
                writer.WriteNumber("bytes", bytes);
            });
        }
        else
        {
            job.Terminal.WriteLine($"{CorpusCache.Root}: {Size.Of(bytes)} freed");
        }

        return ExitCode.Done;
    }
}

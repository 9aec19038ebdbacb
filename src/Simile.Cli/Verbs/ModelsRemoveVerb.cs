using System.CommandLine;
using Simile.Models;

namespace Simile.Cli;

/// <summary>simile models remove NAME…: frees what models take in the hub's cache.</summary>
internal static class ModelsRemoveVerb
{
    public static Command Create(Job job)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "OWNER/NAME, as 'simile models list' shows it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = CommonOptions.Json("Print {\"name\",\"bytes\"} a line.");
        var verb =
            new Verb("remove", "Deletes models from the hub's cache, with all their revisions; they can be pulled again.", "simile models "
                + "remove sentence-transformers/all-MiniLM-L6-v2") { names, json };
        verb.SetAction(parsed => Run(parsed.GetValue(names)!, parsed.GetValue(json), job));
        return verb;
    }

    private static int Run(string[] names, bool asJson, Job job)
    {
        foreach (var name in names)
        {
            if (HubCache.Remove(name) is not { } bytes)
            {
                throw new ArgumentException(
                    $"The cache at {HubCache.Root} holds no model \"{name}\": \"simile models list\" shows those it holds.");
            }

            if (asJson)
            {
                new JsonLines(job.Terminal.Output).Write(writer =>
                {
                    writer.WriteString("name", name);
                    writer.WriteNumber("bytes", bytes);
                });
            }
            else
            {
                job.Terminal.WriteLine($"{name}: {Size.Of(bytes)} freed");
            }
        }

        return ExitCode.Done;
    }
}

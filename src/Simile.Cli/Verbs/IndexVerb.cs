using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile index PATH… --store DIR: brings a store up to date with files and folders.</summary>
internal static class IndexVerb
{
    private sealed record Options(string[] Paths, string Store, string Model, bool Json);

    public static Command Create(Job job)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders.", Arity = ArgumentArity.OneOrMore };
        var store = CommonOptions.Store();
        var model = CommonOptions.Model();
        var json = CommonOptions.Json("Print one object with the counts.");
        var verb = new Verb(
            "index",
            "Brings a store up to date with files and folders: only what changed is embedded again, what is gone goes away.",
            "simile index notes/ --store notes.simile",
            "simile index notes/ mail.txt --store all.simile --model ./all-MiniLM-L6-v2")
        { paths, store, model, json };
        verb.SetAction(parsed => Run(
            new Options(parsed.GetValue(paths)!, parsed.GetValue(store)!, parsed.GetValue(model)!, parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job) => throw new NotSupportedException("index is not built yet.");
}

using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile search QUERY --store DIR: searches what index has kept.</summary>
internal static class SearchVerb
{
    private sealed record Options(string Query, string Store, int Top, string? Model, bool Json);

    public static Command Create(Job job)
    {
        var query = new Argument<string>("QUERY") { Description = "What to look for, in words of your own." };
        var store = CommonOptions.Store();
        var top = CommonOptions.Top();
        var model = CommonOptions.Model();
        var json = CommonOptions.Json("Print {\"path\",\"line\",\"score\",\"text\"} a line, best first.");
        var verb = new Verb(
            "search",
            "Searches a store that 'simile index' made.",
            "simile search 'which bird cannot fly' --store notes.simile",
            "simile search 'invoices of last spring' --store mail.simile --top 20 --json")
        { query, store, top, model, json };
        verb.SetAction(parsed => Run(
            new Options(parsed.GetValue(query)!, parsed.GetValue(store)!, parsed.GetValue(top), parsed.GetValue(model), parsed.GetValue(json)),
            job));
        return verb;
    }

    private static int Run(Options options, Job job) => throw new NotSupportedException("search is not built yet.");
}

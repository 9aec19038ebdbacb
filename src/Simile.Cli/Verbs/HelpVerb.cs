using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile help [VERB…]: the same as VERB --help.</summary>
internal static class HelpVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("VERB")
        {
            Description = "A verb. Default: all verbs.",
            HelpName = "VERB",
            Arity = ArgumentArity.ZeroOrMore,
        };
        words.CompletionSources.Add(_ => Verbs.All.Select(verb => new System.CommandLine.Completions.CompletionItem(verb.Name)));
        var verb = new Verb("help", "Shows the usage of a verb.", "simile help", "simile help find", "simile help models info") { words };
        verb.SetAction(parsed => CommandLine.Run([.. parsed.GetValue(words)!, "--help"], job));
        return verb;
    }
}

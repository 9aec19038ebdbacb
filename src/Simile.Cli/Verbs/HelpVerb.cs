using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile help [VERB…]: the same as VERB --help.</summary>
internal static class HelpVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("VERB") { Description = "A verb; all of them where none is given.", HelpName = "VERB", Arity = ArgumentArity.ZeroOrMore };
        words.CompletionSources.Add(_ => Verbs.All.Select(verb => new System.CommandLine.Completions.CompletionItem(verb.Name)));
        var verb = new Verb("help", "Shows how a verb is used.", "simile help", "simile help find", "simile help models info") { words };
        verb.SetAction(parsed => CommandLine.Run([.. parsed.GetValue(words)!, "--help"], job));
        return verb;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Simile.Cli;

/// <summary>From the words of the command line to the verb that acts on them.</summary>
internal static class CommandLine
{
    public static int Run(string[] args, Terminal terminal, CancellationToken stop)
    {
        // A query may begin with @: it is not the name of a file of further words.
        var parsed = Root(args, new Job(terminal, stop)).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (Complaint(parsed) is { } complaint)
        {
            terminal.Say($"{complaint} 'simile {VerbPath(parsed)}--help' shows how it is used.");
            return ExitCode.Usage;
        }

        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The command with the verb that <paramref name="args"/> names, or with all of them where it names none: help and completion need all.</summary>
    private static RootCommand Root(string[] args, Job job)
    {
        var root = new RootCommand("Turns texts, pictures and sounds into vectors and finds what is alike, with no network and no set-up.");
        var named = Verbs.All.Where(verb => args is [var first, ..] && verb.Name == first).ToArray();
        foreach (var (_, create) in named.Length > 0 ? named : Verbs.All)
        {
            root.Add(create(job));
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples(
            (SynchronousCommandLineAction)help.Action!,
            ["simile find 'which bird cannot fly' samples/", "simile similarity 'pink top' 'pink shirt' 'a man on a horse'", "simile VERB --help"]);
        root.SetAction(parsed => help.Action is SynchronousCommandLineAction show ? show.Invoke(parsed) : ExitCode.Done);
        return root;
    }

    private static string? Complaint(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction)
        {
            return parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens is [var word, ..]
                ? $"'{word}' is none of the verbs."
                : Cut.OneLine(parsed.Errors[^1].Message);
        }

        return ReferenceEquals(parsed.Action, parsed.CommandResult.Command.Action) ? UnknownOption(parsed) : null;
    }

    /// <summary>The parser takes an option it does not know for an argument; a text that begins with a dash is told apart by "--" in front.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        var words = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash);
        return words.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', '-', ..] or ['-', >= 'A', ..]) is { } unknown
            ? $"There is no option '{unknown.Value}' (put -- in front of texts that begin with a dash)."
            : null;
    }

    private static string VerbPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
        {
            names.Push(result.Command.Name + " ");
        }

        return string.Concat(names);
    }
}

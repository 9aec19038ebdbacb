using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Simile.Cli;

/// <summary>Parses the command line and runs the verb.</summary>
internal static class CommandLine
{
    public static int Run(string[] args, Terminal terminal, CancellationToken stop) => Run(args, new Job(terminal, stop));

    public static int Run(string[] args, Job job)
    {
        var parsed = Parse(args, job);
        if (UsageError.Of(parsed) is { } complaint)
        {
            job.Terminal.Say($"{complaint} '{string.Join(' ', ["simile", .. VerbPath(parsed), "--help"])}' shows the usage.");
            return ExitCode.Usage;
        }

        if (ReferenceEquals(parsed.Action, parsed.CommandResult.Command.Action))
        {
            RequireCurrentFolder();
            MissingModel.Offer(parsed, job);
        }

        using var output = new OutputWriter(job.Terminal);
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output });
    }

    /// <summary>
    /// The root command with the verb that <paramref name="args"/> names. With all verbs if it names none, which help and completion need.
    /// </summary>
    public static RootCommand Root(string[] args, Job job)
    {
        var root = new RootCommand("Turns texts, pictures and sounds into vectors and finds what is alike, with no network and no set-up.");
        var named = Verbs.All.Where(verb => args is [var first, ..] && verb.Name == first).ToArray();
        foreach (var (_, create) in named.Length > 0 ? named : Verbs.All)
        {
            root.Add(create(job));
        }

        var help = AddHelp(root);
        root.SetAction(help.Invoke);
        return root;
    }

    /// <summary>The verb named by the arguments, from its group to its own name.</summary>
    public static string[] VerbPath(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
        {
            names.Push(result.Command.Name);
        }

        return [.. names];
    }

    // A query may start with @, so response files are off. And -model is a misspelled --model, not -m with the value odel.
    private static ParseResult Parse(string[] args, Job job) =>
        Root(args, job).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

    // The parser's own option also has the aliases -? and /?, which completion would offer.
    private static HelpWithExamples AddHelp(RootCommand root)
    {
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        var option = new HelpOption("--help", "-h") { Recursive = true };
        var help = new HelpWithExamples(
            (SynchronousCommandLineAction)option.Action!,
            [
                "simile find 'which bird cannot fly' samples/",
                "simile similarity 'pink top' 'pink shirt' 'a man on a horse'",
                "simile help VERB",
            ]);
        option.Action = help;
        root.Add(option);
        return help;
    }

    private static void RequireCurrentFolder()
    {
        try
        {
            _ = Directory.GetCurrentDirectory();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryNotFoundException("The current folder has been deleted: change to another one with 'cd', and run again.", e);
        }
    }
}

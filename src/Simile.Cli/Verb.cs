using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Simile.Cli;

/// <summary>A command with examples in its help.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Refuses options and arguments that do not go together.</summary>
    /// <param name="complaint">Returns the error; null if there is none.</param>
    public void Check(Func<CommandResult, string?> complaint) => Validators.Add(result =>
    {
        try
        {
            if (complaint(result) is { } sentence)
            {
                result.AddError(sentence);
            }
        }
        catch (InvalidOperationException)
        {
            // A value is missing or invalid; the parser reports that itself.
        }
    });
}

/// <summary>Prints the parser's help, then the verb's examples.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        HideArgumentsAbove(parseResult.CommandResult);
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : rootExamples;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }
        }

        return ExitCode.Done;
    }

    // The parser's help would list them, although 'index build' does not take the paths of 'index'.
    private static void HideArgumentsAbove(CommandResult command)
    {
        for (var above = command.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            foreach (var argument in above.Command.Arguments)
            {
                argument.Hidden = true;
            }
        }
    }
}

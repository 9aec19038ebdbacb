using System.CommandLine;
using System.CommandLine.Invocation;

namespace Simile.Cli;

/// <summary>A command with examples in its help.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>The parser's own help, then the verb's examples.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : rootExamples;
        if (examples.Count > 0)
        {
            Console.WriteLine("Examples:");
            foreach (var example in examples)
            {
                Console.WriteLine("  " + example);
            }
        }

        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Simile.Cli;

/// <summary>Describes an error in the command line, in one sentence.</summary>
internal static class UsageError
{
    /// <summary>The help name of an option or argument whose value is a text, which may be empty.</summary>
    public const string Text = "TEXT";

    /// <summary>The first error; null if there is none.</summary>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.Action is HelpWithExamples)
        {
            return UnknownVerb(parsed);
        }

        var acts = ReferenceEquals(parsed.Action, parsed.CommandResult.Command.Action);
        return !acts && parsed.Action is not ParseErrorAction ? null
            : UnknownOption(parsed)
            ?? UnknownVerb(parsed)
            ?? MissingVerb(parsed)
            ?? MissingValue(parsed)
            ?? SeveralValues(parsed)
            ?? EmptyValue(parsed)
            ?? (parsed.Errors.Count == 0
                ? null
                : WrongValue(parsed) ?? MissingArguments(parsed) ?? MissingOption(parsed) ?? Cut.OneLine(parsed.Errors[^1].Message));
    }

    private static string? UnknownVerb(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Arguments.Count > 0 || command.Subcommands.Count == 0 || parsed.UnmatchedTokens is not [var word, ..])
        {
            return null;
        }

        var path = string.Join(' ', CommandLine.VerbPath(parsed));
        var nested =
            command.Subcommands.SelectMany(verb => verb.Subcommands.Select(inner => (inner.Name, Whole: $"{verb.Name} {inner.Name}")));
        var meant = Suggestion.For(word, command.Subcommands.Select(verb => (verb.Name, verb.Name)).Concat(nested));
        return (path.Length == 0 ? $"'{word}' is none of the verbs." : $"'{word}' is none of the verbs of {path}.")
            + Question(path.Length == 0 ? meant : meant is null ? null : $"{path} {meant}");
    }

    // The parser takes an unknown option as an argument. A text that starts with a dash needs "--" in front.
    private static string? UnknownOption(ParseResult parsed)
    {
        var words = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash);
        if (words.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', '-', _, ..] or ['-', >= 'A', ..])
            is not { Value: var word })
        {
            return null;
        }

        var known = Options(parsed).SelectMany(option => option.Aliases.Prepend(option.Name)).Select(name => (name, name));
        var meant = Suggestion.For(word.Split('=')[0], known);
        var isPerhapsText = meant is null && parsed.CommandResult.Command.Arguments.Count > 0;
        return "There is no option "
            + $"'{word}'.{Question(meant)}{(isPerhapsText ? " Put -- before texts and names that start with a dash." : string.Empty)}";
    }

    private static string? MissingVerb(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return command is { Action: null, Subcommands.Count: > 0 }
            ? $"{string.Join(' ', CommandLine.VerbPath(parsed))} needs one of its "
                + $"verbs: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}."
            : null;
    }

    private static string? MissingValue(ParseResult parsed) =>
        Given(parsed).FirstOrDefault(given => given.Tokens.Count < given.Option.Arity.MinimumNumberOfValues) is { Option: var option }
            ? $"{option.Name} needs a value: {option.Name} {option.HelpName ?? "VALUE"}."
            : null;

    private static string? SeveralValues(ParseResult parsed) =>
        Given(parsed).FirstOrDefault(given => given.Tokens.Count > given.Option.Arity.MaximumNumberOfValues) is { } several
            ? $"{several.Option.Name} takes one value, but {several.Tokens.Count} were given."
            : null;

    private static string? EmptyValue(ParseResult parsed)
    {
        var option = Given(parsed).FirstOrDefault(given => given.Option.HelpName != Text && HasEmpty(given))?.Option.Name;
        var argument = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .FirstOrDefault(given => given.Argument.Name != Text && HasEmpty(given))?.Argument.Name;
        return option is not null ? $"The value of {option} is empty." : argument is not null ? $"{argument} is empty." : null;
    }

    private static string? WrongValue(ParseResult parsed) =>
        Given(parsed).SelectMany(option => option.Errors).Select(error => Cut.OneLine(error.Message)).FirstOrDefault();

    private static string? MissingArguments(ParseResult parsed)
    {
        var result = parsed.CommandResult;
        var missing = result.Command.Arguments.Where(
            argument => (result.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues)
            .ToArray();
        return missing.Length == 0 ? null
            : $"{string.Join(' ', CommandLine.VerbPath(parsed))} "
                + $"needs {string.Join(" and ", missing.Select(argument => argument.Name))}: {missing[0].Description}";
    }

    private static string? MissingOption(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(
            option => option.Required && parsed.GetResult(option) is null or { Implicit: true })
            is { } missing
            ? $"{string.Join(' ', CommandLine.VerbPath(parsed))} needs {missing.Name} {missing.HelpName}: {missing.Description}"
            : null;

    private static IEnumerable<OptionResult> Given(ParseResult parsed) =>
        parsed.CommandResult.Children.OfType<OptionResult>().Where(option => !option.Implicit);

    private static IEnumerable<Option> Options(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Command.Options.Where(option => result == parsed.CommandResult || option.Recursive))
            {
                yield return option;
            }
        }
    }

    private static bool HasEmpty(SymbolResult given) => given.Tokens.Any(token => token.Value.Length == 0);

    private static string Question(string? meant) => meant is null ? string.Empty : $" Did you mean '{meant}'?";
}

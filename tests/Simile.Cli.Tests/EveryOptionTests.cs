using System.CommandLine;

namespace Simile.Cli.Tests;

/// <summary>Every option of every verb, found by walking through the verbs.</summary>
public class EveryOptionTests
{
    public static IEnumerable<TheoryDataRow<string, string>> WithValues() =>
        from verb in Verbs()
        from option in verb.Command.Options
        where option.Arity.MinimumNumberOfValues > 0
        from name in option.Aliases.Prepend(option.Name)
        select new TheoryDataRow<string, string>(verb.Path, name);

    public static IEnumerable<TheoryDataRow<string, string>> WithFiles() =>
        WithValues().Where(row => Find(row.Data.Item1, row.Data.Item2).HelpName != UsageError.Text);

    // Numbers and words have a form, names of files have none.
    public static IEnumerable<TheoryDataRow<string, string>> WithForms() =>
        WithValues()
            .Where(row => Find(row.Data.Item1, row.Data.Item2).HelpName is "COUNT" or "NUMBER"
                || Find(row.Data.Item1, row.Data.Item2).ValueType is { IsEnum: true });

    public static IEnumerable<TheoryDataRow<string>> Paths() => Verbs().Select(verb => new TheoryDataRow<string>(verb.Path));

    [Theory]
    [MemberData(nameof(WithValues))]
    public void A_missing_value_is_said(string verb, string option)
    {
        var meant = Find(verb, option);
        Of(verb, option).IsRefused($"{meant.Name} needs a value", verb);
        Of(verb, option, "--json").IsRefused(verb);
        Of(verb, "a", option).IsRefused($"{meant.Name} needs a value");
        Of(verb, "a", "b", option).IsRefused($"{meant.Name} needs a value");
    }

    [Theory]
    [MemberData(nameof(WithFiles))]
    public void An_empty_value_is_said(string verb, string option) => Of(verb, option, "").IsRefused(Find(verb, option).Name, "empty");

    [Theory]
    [MemberData(nameof(WithForms))]
    public void A_value_of_another_form_is_said(string verb, string option) =>
        Of(verb, option, "1,5x", "a").IsRefused($"{Find(verb, option).Name} takes ", "'1,5x'");

    [Theory]
    [MemberData(nameof(WithForms))]
    public void Two_values_of_an_option_for_one_are_said(string verb, string option) =>
        Of(verb, option, "1", option, "1", "a", "b").IsRefused(Find(verb, option).Name);

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_misspelled_option_is_named_with_the_one_that_was_meant(string verb)
    {
        Of(verb, "a", "--no-such-option").IsRefused("'--no-such-option'");
        foreach (var name in Verbs().Single(each => each.Path == verb).Command.Options.Select(option => option.Name)
            .Where(name => name.Length > 4))
        {
            Of(verb, "a", $"--{name[3]}{name[2]}{name[4..]}").IsRefused($"Did you mean '{name}'?");
            Of(verb, "a", name + "x").IsRefused($"Did you mean '{name}'?");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Help_is_the_same_in_each_form_and_completions_offer_only_dashes_and_words(string verb)
    {
        var help = Run.Of([.. verb.Split(' '), "--help"]);
        Assert.Equal(help, Run.Of(["help", .. verb.Split(' ')]));
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains("Examples:\n  ", help.Output, StringComparison.Ordinal);
        var line = $"simile {verb} -";
        var offered = Run.Of($"[suggest:{line.Length}]", line).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("--help", offered);
        Assert.All(offered, word => Assert.StartsWith("-", word, StringComparison.Ordinal));
        Assert.DoesNotContain("-?", offered);
    }

    private static Run Of(string verb, params string[] rest) => Run.Of([.. verb.Split(' '), .. rest]);

    private static Option Find(string verb, string option) =>
        Verbs().Single(each => each.Path == verb).Command.Options.Single(each => each.Name == option || each.Aliases.Contains(option));

    private static IEnumerable<(string Path, Command Command)> Verbs()
    {
        using var terminal = new Terminal(() => Stream.Null, _ => { });
        return [.. Below(string.Empty, CommandLine.Root([], new Job(terminal, CancellationToken.None)))];
    }

    private static IEnumerable<(string Path, Command Command)> Below(string path, Command command)
    {
        foreach (var verb in command.Subcommands)
        {
            var whole = path.Length == 0 ? verb.Name : $"{path} {verb.Name}";
            yield return (whole, verb);
            foreach (var inner in Below(whole, verb))
            {
                yield return inner;
            }
        }
    }
}

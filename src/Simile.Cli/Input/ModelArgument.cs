using System.CommandLine;

namespace Simile.Cli;

/// <summary>The model of a models verb: MODEL, or --model as in every other verb.</summary>
internal sealed class ModelArgument
{
    private readonly Argument<string?> _word;
    private readonly Option<string?> _option = new("--model", "-m") { Description = "The same as MODEL.", HelpName = "NAME|FOLDER" };
    private readonly bool _isRequired;

    /// <param name="description">Its role, for the help.</param>
    /// <param name="isRequired">Whether it is required. Otherwise it defaults to the default model.</param>
    public ModelArgument(string description, bool isRequired)
    {
        _isRequired = isRequired;
        _word = new Argument<string?>("MODEL") { Description = description, Arity = ArgumentArity.ZeroOrOne };
    }

    /// <summary>Adds both forms to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Add(_word);
        verb.Add(_option);
        verb.Check(result => (result.GetValue(_word), result.GetValue(_option)) switch
        {
            ({ } word, { } option) when word != option => $"Two models were given, '{word}' and '{option}': models {verb.Name} takes one.",
            (null, null) when _isRequired => $"models {verb.Name} needs MODEL: {_word.Description}",
            _ => null,
        });
    }

    public string Of(ParseResult parsed) => parsed.GetValue(_word) ?? parsed.GetValue(_option) ?? CommonOptions.DefaultModel;
}

using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile words analogy A B C: A is to B as C is to what.</summary>
internal static class WordsAnalogyVerb
{
    public static Command Create(Job job)
    {
        var words = new Argument<string[]>("A B C")
        {
            Description = "A is to B as C is to what: man king woman asks for queen.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var plus = Several("--plus", "A word that counts for, in the place of A B C; may be given several times.");
        var minus = Several("--minus", "A word that counts against; may be given several times.");
        var product =
            new Option<bool>("--product") { Description = "Multiply the cosines (3CosMul) where they are added otherwise (3CosAdd)." };
        var (top, model, json) = (WordsOptions.Top(), WordsOptions.Model(), WordsOptions.Json());
        var verb = new Verb(
            "analogy",
            "Answers an analogy by adding and taking away vectors of words.",
            "simile words analogy man king woman --model glove.6B.100d.txt",
            "simile words analogy --plus paris --plus germany --minus france --model glove.6B.100d.txt -k 3")
        { words, plus, minus, product, top, model, json };
        verb.Check(result => (result.GetValue(words)!.Length, result.GetValue(plus)!.Length, result.GetValue(top)) switch
        {
            (0, > 0, _) or (3, 0, _) => null,
            (0, 0, _) => "analogy takes three words, or --plus and --minus.",
            (3, _, _) => "Three words and --plus do not go together.",
            (var count, _, _) => $"analogy takes three words, not {count}.",
        });
        verb.SetAction(parsed =>
        {
            using var vectors = WordsOptions.Load(parsed.GetValue(model)!, job.Terminal);
            var (positive, negative) = parsed.GetValue(words) is [var a, var b, var c]
                ? ([b, c], [a, .. parsed.GetValue(minus)!])
                : (parsed.GetValue(plus)!, parsed.GetValue(minus)!);
            var found = parsed.GetValue(product)
                ? vectors.AnalogyByProduct(positive, negative, parsed.GetValue(top))
                : vectors.Analogy(positive, negative, parsed.GetValue(top));
            WordsOptions.Write(found, parsed.GetValue(json), job.Terminal);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Option<string[]> Several(string name, string description) =>
        new(name) { Description = description, HelpName = "WORD", DefaultValueFactory = _ => [] };
}

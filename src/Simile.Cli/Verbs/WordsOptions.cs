using System.CommandLine;
using System.Globalization;
using Simile.Models;

namespace Simile.Cli;

/// <summary>What the verbs about words share: the file that is asked, and how answers are written.</summary>
internal static class WordsOptions
{
    /// <summary>The file of word vectors; SIMILE_MODEL where it is not given.</summary>
    public static Option<string> Model() => new("--model", "-m")
    {
        Description = "A file of word vectors: word2vec, GloVe, or .vec and .bin of fastText. SIMILE_MODEL sets a default.",
        HelpName = "FILE",
        DefaultValueFactory = _ => CommonOptions.DefaultModel,
    };

    /// <summary>How many words are answered.</summary>
    public static Option<int> Top()
    {
        var top = CommonOptions.Count("--top", "How many words, best first.", 10);
        top.Aliases.Add("-k");
        return top;
    }

    public static Option<bool> Json() => CommonOptions.Json("Print {\"word\",\"score\"} a line.");

    /// <summary>Opens the file and says what its reader noticed.</summary>
    public static WordVectors Load(string model, Terminal terminal)
    {
        if (model == TextEmbedder.BuiltIn)
        {
            throw new ArgumentException("No file of word vectors is named: give one with --model, such as glove.6B.100d.txt.");
        }

        var vectors = WordVectors.Load(model);
        foreach (var note in vectors.Notes)
        {
            terminal.Say($"{model}: {note}");
        }

        return vectors;
    }

    /// <summary>Writes words with their scores.</summary>
    public static void Write(IReadOnlyList<WordScore> words, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            new JsonLines(terminal.Output).Write(words.Count, (writer, i) =>
            {
                writer.WriteString("word", words[i].Word);
                writer.WriteNumber("score", words[i].Score);
            });
            return;
        }

        foreach (var (word, score) in words)
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score,7:F4}  {word}"));
        }
    }
}

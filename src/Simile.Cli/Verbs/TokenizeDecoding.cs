using Simile.Tokenizers;

namespace Simile.Cli;

/// <summary>simile tokenize --decode: decodes ids to text.</summary>
internal sealed class TokenizeDecoding(IReadOnlyList<TokenizerInput> models, bool keepSpecialTokens, bool asJson, Terminal terminal)
{
    private readonly JsonLines _json = new(terminal.Output);

    /// <summary>Number of decoded texts.</summary>
    public int Count { get; private set; }

    /// <summary>Decodes the ids in a line. An invalid line is reported and skipped.</summary>
    /// <param name="line">Ids in one of the forms of <see cref="IdLine"/>.</param>
    /// <param name="place">The line's name in messages.</param>
    public void Write(string line, string place)
    {
        foreach (var model in models)
        {
            try
            {
                Write(model, IdLine.Parse(line));
                Count++;
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                terminal.Skip($"{place}: {Failures.Sentence(e is FormatException ? new InvalidDataException(e.Message + ".") : e)}");
            }
        }
    }

    private void Write(TokenizerInput model, int[] ids)
    {
        RefuseUnknown(ids, model.Tokenizer);
        var text = model.Tokenizer.Decode(ids, skipSpecialTokens: !keepSpecialTokens);
        if (!asJson)
        {
            terminal.WriteText(models.Count > 1 ? $"{terminal.Bold(model.Name)}  {text}" : text);
            return;
        }

        _json.Write(writer =>
        {
            if (models.Count > 1)
            {
                writer.WriteString("model", model.Name);
            }

            writer.WriteString("text", text);
        });
    }

    private static void RefuseUnknown(int[] ids, Tokenizer tokenizer)
    {
        foreach (var id in ids)
        {
            if (tokenizer.IdToToken(id) is null)
            {
                throw new FormatException($"no token has the id {id}: this tokenizer has 0 to {tokenizer.VocabularySize - 1}");
            }
        }
    }
}

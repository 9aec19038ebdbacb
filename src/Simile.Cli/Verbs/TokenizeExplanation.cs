using System.Globalization;
using System.Text;
using Spectre.Console;
using Encoding = Simile.Tokenizers.Encoding;

namespace Simile.Cli;

/// <summary>
/// The display of tokenize for people: each model's tokens in alternating colors, with ids and positions, and the number per word and
/// character.
/// </summary>
internal sealed class TokenizeExplanation(IReadOnlyList<TokenizerInput> models, bool addSpecialTokens, Terminal terminal)
{
    private const string Indent = "  ";

    // Pale backgrounds of the 256-color palette, readable with black letters.
    private static readonly int[] Colors = [153, 194, 223, 218, 189];

    private readonly TokenText[] _texts = [.. models.Select(model => new TokenText(model.Tokenizer))];
    private readonly TokenCount[] _totals = [.. models.Select(_ => new TokenCount())];
    private int _lines;

    /// <summary>Shows the tokens of a text for each model.</summary>
    public void Write(string text)
    {
        if (_lines++ > 0)
        {
            terminal.WriteLine(string.Empty);
        }

        for (var i = 0; i < models.Count; i++)
        {
            var encoding = models[i].Tokenizer.Encode(text, addSpecialTokens: addSpecialTokens);
            var count = new TokenCount();
            count.Add(text, encoding);
            _totals[i].Add(text, encoding);
            terminal.WriteLine($"{terminal.Bold(models[i].Name)}  {count}");
            WriteTokens(text, encoding, _texts[i]);
        }
    }

    /// <summary>Shows the totals if there were several lines.</summary>
    public void WriteTotals()
    {
        if (_lines < 2)
        {
            return;
        }

        terminal.WriteLine(string.Empty);
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_lines} lines"));
        for (var i = 0; i < models.Count; i++)
        {
            terminal.WriteLine($"{terminal.Bold(models[i].Name)}  {_totals[i]}");
        }
    }

    private void WriteTokens(string text, Encoding encoding, TokenText shown)
    {
        var (tokens, ids, places) = (new StringBuilder(Indent), new StringBuilder(Indent), new StringBuilder(Indent));
        var codePoints = new CodePoints(text);
        var used = Indent.Length;
        for (var i = 0; i < encoding.Ids.Length; i++)
        {
            var token = shown.Show(encoding.Ids[i], encoding.Tokens[i]);
            var id = encoding.Ids[i].ToString(CultureInfo.InvariantCulture);
            var isAdded = encoding.Sequences[i] < 0;
            var place = isAdded
                ? "-"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{codePoints.Before(encoding.Offsets[i].Start)}-{codePoints.Before(encoding.Offsets[i].End)}");
            var width = Math.Max(token.GetCellWidth(), Math.Max(id.Length, place.Length));
            if (used + width > terminal.Width && used > Indent.Length)
            {
                WriteRows(tokens, ids, places);
                used = Indent.Length;
            }

            Append(tokens, Paint(token, i, isAdded, i > 0 && Overlaps(encoding, i)), width - token.GetCellWidth());
            Append(ids, id, width - id.Length);
            Append(places, place, width - place.Length);
            used += width + 1;
        }

        WriteRows(tokens, ids, places);
    }

    // Tokens for bytes of one character share its position.
    private static bool Overlaps(Encoding encoding, int i) =>
        encoding.Sequences[i] >= 0 && encoding.Sequences[i - 1] >= 0 && encoding.Offsets[i].Start < encoding.Offsets[i - 1].End;

    private static void Append(StringBuilder row, string cell, int padding) => row.Append(cell).Append(' ', padding + 1);

    private string Paint(string token, int i, bool isAdded, bool overlaps) =>
        !terminal.HasColor ? token
        : isAdded ? $"\e[7m{token}\e[27m"
        : $"\e[30;48;5;{Colors[i % Colors.Length].ToString(CultureInfo.InvariantCulture)}{(overlaps ? ";4" : string.Empty)}m{token}\e[0m";

    private void WriteRows(StringBuilder tokens, StringBuilder ids, StringBuilder places)
    {
        if (tokens.Length == Indent.Length)
        {
            return;
        }

        terminal.WriteText(tokens.ToString().TrimEnd());
        terminal.WriteText(terminal.Dim(ids.ToString().TrimEnd()));
        terminal.WriteText(terminal.Dim(places.ToString().TrimEnd()));
        foreach (var row in new[] { tokens, ids, places })
        {
            row.Length = Indent.Length;
        }
    }

    /// <summary>Counts tokens of texts, without special tokens.</summary>
    private sealed class TokenCount
    {
        private int _tokens;
        private int _words;
        private int _characters;

        public void Add(string text, Encoding encoding)
        {
            _tokens += encoding.Sequences.Count(sequence => sequence >= 0);
            _words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            _characters += new CodePoints(text).Before(text.Length);
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{_tokens} token{(_tokens == 1 ? "" : "s")}, {(double)_tokens / Math.Max(_words, 1):0.00} a "
            + $"word, {(double)_tokens / Math.Max(_characters, 1):0.00} a character");
    }
}

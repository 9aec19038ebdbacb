using System.Buffers.Text;
using System.Globalization;
using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Patterns;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Files;

/// <summary>
/// Reads tiktoken's ranks: a byte-level BPE whose ids are also the order of its merges. A pattern splits the text into words.
/// </summary>
internal static class TiktokenFile
{
    private const int MaxRank = 1 << 24;

    /// <summary>Reads a file that has the name of a published encoding.</summary>
    public static Pipeline Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return TiktokenEncoding.Names.Contains(name)
            ? Read(path, TiktokenEncoding.Get(name))
            : throw new InvalidDataException(
                $"{path} is not named like an encoding of tiktoken ({string.Join(", ", TiktokenEncoding.Names)}): "
                + "load it by Tokenizer.LoadTiktoken with its pattern.");
    }

    public static Pipeline Read(string path, TiktokenEncoding encoding) =>
        Build(
            path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ReadVocabulary(path, encoding) : ReadRanks(path), path, encoding);

    /// <summary>
    /// Reads the form that Microsoft's packages of vocabularies hold: how many there are, then the tokens in the order of their ranks.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="name">What they are called in messages.</param>
    /// <param name="encoding">What they do not say.</param>
    public static Pipeline ReadOrdered(IEnumerable<string> lines, string name, TiktokenEncoding encoding)
    {
        var tokens = lines.SkipWhile(line => line.StartsWith("Capacity:", StringComparison.Ordinal))
            .Select((line, rank) => line.Length == 0
                ? null
                : ReadLine(string.Create(CultureInfo.InvariantCulture, $"{line} {rank}"))?.Token
                    ?? throw new InvalidDataException($"{name}: a line is not base64: {JsonField.Shown(line)}."));
        return Build([.. tokens], name, encoding);
    }

    private static Pipeline Build(string?[] tokens, string path, TiktokenEncoding encoding)
    {
        var vocabulary = new Vocabulary(tokens);
        for (var value = 0; value < 256; value++)
        {
            if (vocabulary.Find([ByteAlphabet.ToLetter((byte)value)]) < 0)
            {
                throw new InvalidDataException($"{path} has no token for the byte {value}, so it cannot encode every text.");
            }
        }

        return new Pipeline
        {
            PreTokenizers =
            [
                new PatternSplit(Pattern.Parse(encoding.Pattern, path, oniguruma: false), SplitBehavior.Removed, invert: true),
                new ByteLevel(addPrefixSpace: false, useRegex: false),
            ],
            Model = new BpeModel(vocabulary, RankMerges.Find(vocabulary), new BpeOptions { WholeWords = true }),
            Decoders = [next => new ByteLevelDecoder(next)],
            HasByteTokens = true,
            RefusesUnknownIds = true,
            Added = new AddedVocabulary(
                encoding.SpecialTokens.Select(token => new AddedToken(token.Key, token.Value) { Special = true }), null),
        }.WithScanner();
    }

    // GPT-2's encoder.json already spells tokens in letters and contains a special token.
    private static string?[] ReadVocabulary(string path, TiktokenEncoding encoding)
    {
        var vocabulary = TokenizerJson.ReadVocabulary(JsonField.Read(path));
        return [.. Enumerable.Range(0, vocabulary.Size).Select(vocabulary.Token)
            .Select(token => token is null || encoding.SpecialTokens.ContainsKey(token) ? null : token)];
    }

    private static string?[] ReadRanks(string path)
    {
        var entries = new List<(string Token, int Rank)>();
        var size = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Length > 0)
            {
                var entry = ReadLine(line)
                    ?? throw new InvalidDataException($"{path}: a line is not base64, a space and a rank: {JsonField.Shown(line)}.");
                entries.Add(entry);
                size = Math.Max(size, entry.Rank + 1);
            }
        }

        var tokens = new string?[size];
        foreach (var (token, rank) in entries)
        {
            tokens[rank] = tokens[rank] is null ? token : throw new InvalidDataException($"{path} has two tokens of the rank {rank}.");
        }

        return tokens;
    }

    private static (string Token, int Rank)? ReadLine(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var bytes = new byte[Math.Max(0, space)];
        return space > 0 && Convert.TryFromBase64Chars(line.AsSpan(0, space), bytes, out var length) && length > 0
            && int.TryParse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank < MaxRank
            ? (string.Create(length, bytes, (letters, values) => Spell(values, letters)), rank)
            : null;
    }

    private static void Spell(ReadOnlySpan<byte> bytes, Span<char> letters)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = ByteAlphabet.ToLetter(bytes[i]);
        }
    }
}

using System.Text;
using Simile.Testing;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Tests.Fuzz;

public class TextFuzzTests
{
    // Bytes in, bytes out: nothing is lost.
    private static readonly string[] Lossless = ["Bpe", "gpt2", "cl100k_base", "o200k_base", "llama3-style"];

    public static TheoryData<string> Tokenizers => [.. FuzzTokenizers.Names];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Any_text_keeps_what_is_promised(string name)
    {
        var tokenizer = FuzzTokenizers.Load(name);
        foreach (var seed in Effort.Rounds(60))
        {
            var random = new Random(seed);
            var text = FuzzText.Next(random, random.Next(1 << random.Next(1, 10)));
            try
            {
                Check(name, tokenizer, text);
            }
            catch (InvalidDataException e) when (e.Message.Contains("vocabulary has no token", StringComparison.Ordinal))
            {
                // Documented: the file has no token for what is unknown.
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"{name}, seed {seed}, {string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}: {e.Message}", e);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Any_ids_decode_the_same_one_by_one(string name)
    {
        var tokenizer = FuzzTokenizers.Load(name);
        foreach (var seed in Effort.Rounds(40))
        {
            var random = new Random(seed);
            int[] ids = [.. Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(tokenizer.VocabularySize))
                .Where(id => tokenizer.IdToToken(id) is not null)];
            CheckStreaming(tokenizer, ids);
        }
    }

    private static void Check(string name, Tokenizer tokenizer, string text)
    {
        var encoding = tokenizer.Encode(text, addSpecialTokens: false);
        CheckPlaces(tokenizer, encoding, text);
        CheckOtherWays(tokenizer, encoding, text);
        CheckStreaming(tokenizer, encoding.Ids);
        if (Lossless.Contains(name))
        {
            var whole = text.ToCharArray();
            AlignedText.ReplaceLoneSurrogates(whole);
            Assert.Equal(new string(whole), tokenizer.Decode(encoding.Ids, skipSpecialTokens: false));
            CheckCover(tokenizer, encoding, text);
        }
    }

    private static void CheckPlaces(Tokenizer tokenizer, Encoding encoding, string text)
    {
        var last = 0;
        for (var i = 0; i < encoding.Ids.Length; i++)
        {
            Assert.InRange(encoding.Ids[i], 0, tokenizer.VocabularySize - 1);
            Assert.NotNull(encoding.Tokens[i]);
            var (start, end) = encoding.Offsets[i];
            Assert.InRange(start, 0, end);
            Assert.InRange(end, start, text.Length);
            Assert.True(start >= last || Trims(tokenizer), $"token {i} begins at {start}, before {last}");
            last = start;
        }
    }

    private static void CheckCover(Tokenizer tokenizer, Encoding encoding, string text)
    {
        if (Trims(tokenizer))
        {
            return;
        }

        var covered = 0;
        foreach (var (start, end) in encoding.Offsets)
        {
            Assert.InRange(start, 0, covered);
            covered = Math.Max(covered, end);
        }

        Assert.Equal(text.Length, covered);
    }

    // A token's offsets exclude the spaces that the post-processor trims. A token of only spaces has an empty range at their end.
    private static bool Trims(Tokenizer tokenizer) => tokenizer.Pipeline.PostProcessor.Trims.Length > 0;

    private static void CheckOtherWays(Tokenizer tokenizer, Encoding encoding, string text)
    {
        var ids = new List<int>();
        tokenizer.EncodeIds(text, ids, addSpecialTokens: false);
        Assert.Equal(encoding.Ids, ids);
        Assert.Equal(ids.Count, tokenizer.CountTokens(text, addSpecialTokens: false));
        var spans = new int[ids.Count];
        Assert.Equal(ids.Count, tokenizer.Encode(text, new EncodingSpans { Ids = spans }, addSpecialTokens: false));
        Assert.Equal(encoding.Ids, spans);
        foreach (var one in tokenizer.EncodeBatch([text, text], addSpecialTokens: false))
        {
            Assert.Equal(encoding.Ids, one.Ids);
            Assert.Equal(encoding.Offsets, one.Offsets);
            Assert.Equal(encoding.Tokens, one.Tokens);
        }
    }

    private static void CheckStreaming(Tokenizer tokenizer, int[] ids)
    {
        var streaming = tokenizer.CreateStreamingDecoder();
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var piece = streaming.Add(id);
            Assert.False(piece.Length > 0 && char.IsHighSurrogate(piece[^1]), "a character was split");
            text.Append(piece);
        }

        text.Append(streaming.Finish());
        Assert.Equal(tokenizer.Decode(ids), text.ToString());
    }
}

using System.Text.Json.Nodes;
using Simile.Tokenizers.Training;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Tests.Training;

public sealed class TokenizerTrainerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simile-training-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "tokenizer.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Byte_pairs_are_merged_in_the_order_that_counting_anew_gives()
    {
        var random = new Random(11);
        for (var round = 0; round < 30; round++)
        {
            var words = RandomWords(random);
            Train(
                words,
                new TrainingOptions { VocabularySize = 257 + random.Next(60), MinFrequency = 1 + random.Next(3), SpecialTokens = ["<x>"] },
                out var options);
            var ids = new Dictionary<string, int> { ["<x>"] = 0 };
            foreach (var letter in Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToLetter((byte)value)).Order())
            {
                ids.Add(letter.ToString(), ids.Count);
            }

            var slow = words.GroupBy(word => word).Select(group => (group.Key.Select(c => c.ToString()).ToList(), (long)group.Count()))
                .ToArray();
            var merges = SlowPairTrainer.Train(slow, ids, options.VocabularySize, options.MinFrequency, string.Empty);
            var model = JsonNode.Parse(File.ReadAllText(Path))!["model"]!;
            Assert.Equal(merges.Select(pair => $"{pair.Left} {pair.Right}"), model["merges"]!.AsArray().Select(merge => (string)merge!));
            Assert.Equal(ids.OrderBy(pair => pair.Value).Select(pair => pair.Key), model["vocab"]!.AsObject().Select(pair => pair.Key));
        }
    }

    [Fact]
    public void Word_pieces_are_those_that_counting_anew_gives()
    {
        var random = new Random(12);
        for (var round = 0; round < 30; round++)
        {
            var words = RandomWords(random);
            Train(
                words,
                new TrainingOptions
                {
                    Kind = TokenizerKind.WordPiece,
                    VocabularySize = 30 + random.Next(40),
                    MinFrequency = 1 + random.Next(3),
                    SpecialTokens = ["[UNK]"],
                },
                out var options);
            var letters = words.SelectMany(word => word).Distinct().Order().Select(c => c.ToString());
            var inside = words.SelectMany(word => word.Skip(1)).Distinct().Order().Select(c => "##" + c);
            var ids = letters.Prepend("[UNK]").Concat(inside).Select((token, id) => (token, id))
                .ToDictionary(pair => pair.token, pair => pair.id);
            var slow = words.GroupBy(word => word)
                .Select(group => (group.Key.Select((c, i) => i == 0 ? c.ToString() : "##" + c).ToList(), (long)group.Count()))
                .ToArray();
            SlowPairTrainer.Train(slow, ids, options.VocabularySize, options.MinFrequency, "##");
            var vocabulary = JsonNode.Parse(File.ReadAllText(Path))!["model"]!["vocab"]!.AsObject();
            Assert.Equal(ids.OrderBy(pair => pair.Value).Select(pair => pair.Key), vocabulary.Select(pair => pair.Key));
        }
    }

    [Theory]
    [InlineData(TokenizerKind.Bpe)]
    [InlineData(TokenizerKind.WordPiece)]
    [InlineData(TokenizerKind.Unigram)]
    public void The_same_texts_in_any_order_give_the_same_file(TokenizerKind kind)
    {
        var texts = Sentences(new Random(13), 2000);
        Train(texts, new TrainingOptions { Kind = kind, VocabularySize = 400 }, out _);
        var first = File.ReadAllBytes(Path);
        Array.Reverse(texts);
        Train(texts, new TrainingOptions { Kind = kind, VocabularySize = 400 }, out _);
        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    [Theory]
    [InlineData(TokenizerKind.Bpe)]
    [InlineData(TokenizerKind.WordPiece)]
    [InlineData(TokenizerKind.Unigram)]
    public void Frequent_words_become_tokens_and_texts_come_back(TokenizerKind kind)
    {
        var tokenizer = Train(Sentences(new Random(14), 3000), new TrainingOptions { Kind = kind, VocabularySize = 500 }, out _);
        Assert.InRange(tokenizer.VocabularySize, 30, 500);
        var ids = tokenizer.Encode("the small bird sings", addSpecialTokens: false).Ids;
        Assert.Equal(4, ids.Length);
        Assert.Equal("the small bird sings", tokenizer.Decode(ids));
    }

    [Fact]
    public void A_longest_piece_is_kept_to()
    {
        foreach (var kind in Enum.GetValues<TokenizerKind>())
        {
            var tokenizer = Train(
                Sentences(new Random(15), 500),
                new TrainingOptions { Kind = kind, VocabularySize = 400, MaxPieceLength = 3, SpecialTokens = [] },
                out _);
            var tokens = Enumerable.Range(1, tokenizer.VocabularySize - 1).Select(id => tokenizer.IdToToken(id)!);
            Assert.Equal(3, tokens.Max(token => token.Replace("##", "", StringComparison.Ordinal).Length));
        }
    }

    [Fact]
    public void Rare_characters_are_left_out_of_a_limited_alphabet()
    {
        foreach (var kind in new[] { TokenizerKind.WordPiece, TokenizerKind.Unigram })
        {
            var tokenizer = Train(
                ["abcabc abc ab", "abz abc"],
                new TrainingOptions
                {
                    Kind = kind,
                    VocabularySize = 60,
                    AlphabetLimit = kind == TokenizerKind.Unigram ? 4 : 3,
                    MinFrequency = 1,
                },
                out _);
            Assert.Contains(tokenizer.Special.Unknown!.Value, tokenizer.Encode("abz").Ids);
            Assert.DoesNotContain(tokenizer.Special.Unknown!.Value, tokenizer.Encode("abcab").Ids);
        }
    }

    [Fact]
    public void Any_text_can_be_trained_on()
    {
        var random = new Random(16);
        foreach (var kind in Enum.GetValues<TokenizerKind>())
        {
            for (var round = 0; round < 20; round++)
            {
                string[] texts =
                [
                    .. Enumerable.Range(0, 20).Select(_ => Small.RandomText(random, random.Next(80))), "word", new string('a', 3000),
                    "\0\0\ud800",
                ];
                var tokenizer = Train(texts, new TrainingOptions { Kind = kind, VocabularySize = 300, MinFrequency = 1 }, out _);
                Assert.NotEmpty(tokenizer.Encode("word and others").Ids);
            }
        }
    }

    [Fact]
    public void Nothing_to_train_on_is_said_in_a_sentence()
    {
        foreach (var kind in Enum.GetValues<TokenizerKind>())
        {
            var e = Assert.Throws<InvalidDataException>(() => Train([], new TrainingOptions { Kind = kind }, out _));
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            Train(["a"], new TrainingOptions { Kind = kind }, out _);
        }
    }

    [Fact]
    public void A_stopped_training_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        foreach (var kind in Enum.GetValues<TokenizerKind>())
        {
            var progress = new StopAt(kind == TokenizerKind.Unigram ? "pieces" : "merges", stop);
            Assert.ThrowsAny<OperationCanceledException>(() => TokenizerTrainer.Train(
                Sentences(new Random(17), 5000),
                Path,
                new TrainingOptions { Kind = kind, VocabularySize = 600, SeedSize = 100_000 },
                progress,
                stop.Token));
            Assert.Empty(_folder.GetFiles());
        }
    }

    [Theory]
    [InlineData("{\"VocabularySize\":1}")]
    [InlineData("{\"VocabularySize\":2000000}")]
    [InlineData("{\"MinFrequency\":0}")]
    [InlineData("{\"MaxPieceLength\":0}")]
    [InlineData("{\"ShrinkingFactor\":1}")]
    [InlineData("{\"ShrinkingFactor\":-1}")]
    [InlineData("{\"Subiterations\":0}")]
    [InlineData("{\"SeedSize\":0}")]
    [InlineData("{\"AlphabetLimit\":0}")]
    [InlineData("{\"SpecialTokens\":[\"a\",\"a\"]}")]
    [InlineData("{\"SpecialTokens\":[\"\"]}")]
    [InlineData("{\"Kind\":7}")]
    public void Options_that_make_no_sense_are_refused(string json)
    {
        var options = System.Text.Json.JsonSerializer.Deserialize<TrainingOptions>(json)!;
        var e = Assert.Throws<ArgumentException>(options.Validate);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    private static string[] RandomWords(Random random) =>
        [.. Enumerable.Range(0, 60)
            .Select(_ => new string([.. Enumerable.Range(0, 1 + random.Next(8)).Select(_ => "abcd"[random.Next(4)])]))];

    private static string[] Sentences(Random random, int count)
    {
        string[] words =
        [
            "the", "small", "bird", "sings", "flies", "river", "mountain", "walking", "walked", "walks", "singing", "über", "naïve",
            "greater", "smaller",
        ];
        return [.. Enumerable.Range(0, count)
            .Select(_ => string.Join(' ', Enumerable.Range(0, 2 + random.Next(8)).Select(_ => words[random.Next(words.Length)])))];
    }

    private Tokenizer Train(string[] texts, TrainingOptions options, out TrainingOptions used)
    {
        used = options;
        return TokenizerTrainer.Train(texts, Path, options);
    }

    private sealed class StopAt(string stage, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == stage)
            {
                stop.Cancel();
            }
        }
    }
}

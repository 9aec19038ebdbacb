namespace Simile.Cli.Tests;

public class UsageErrorTests
{
    [Theory]
    [InlineData("'embd' is none of the verbs. Did you mean 'embed'?", "embd")]
    [InlineData("Did you mean 'embed'?", "emb")]
    [InlineData("Did you mean 'search'?", "searhc", "a bird")]
    [InlineData("Did you mean 'models'?", "modles", "list")]
    [InlineData("Did you mean 'models list'?", "list")]
    [InlineData("Did you mean 'models info'?", "models", "infos")]
    [InlineData("Did you mean 'index tune'?", "tune", "v.simi")]
    [InlineData("'xyzzy' is none of the verbs.", "xyzzy")]
    [InlineData("'xyzzy' is none of the verbs of models.", "models", "xyzzy")]
    [InlineData("'embd' is none of the verbs. Did you mean 'embed'?", "help", "embd")]
    [InlineData("'lst' is none of the verbs of models. Did you mean 'models list'?", "help", "models", "lst")]
    [InlineData("'embd' is none of the verbs.", "embd", "--help")]
    [InlineData("'--modle'. Did you mean '--model'?", "embed", "--modle", "x")]
    [InlineData("'--modle=x'. Did you mean '--model'?", "embed", "--modle=x")]
    [InlineData("'-model'. Did you mean '--model'?", "embed", "-model", "x")]
    [InlineData("'--hlep'. Did you mean '--help'?", "embed", "--hlep")]
    [InlineData("'--versoin'. Did you mean '--version'?", "--versoin")]
    [InlineData("Put -- before texts", "similarity", "a", "-z")]
    [InlineData("find needs QUERY and PATH", "find")]
    [InlineData("find needs PATH", "find", "bird")]
    [InlineData("The query is empty", "find", " ", ".")]
    [InlineData("PATH is empty", "find", "bird", "")]
    [InlineData("PATH is empty", "index", "")]
    [InlineData("FILE is empty", "embed", "")]
    [InlineData("models distill needs MODEL", "models", "distill", "--out", "x")]
    [InlineData("models distill needs --out DIR", "models", "distill", "x")]
    [InlineData("Two models were given, 'a' and 'b'", "models", "info", "a", "--model", "b")]
    [InlineData(
        "--metric takes cosine, dot, l2, manhattan, hamming, not 'foo'", "index", "build", "v.npy", "--output", "x", "--metric", "foo")]
    [InlineData("--metric takes cosine, dot, l2, manhattan, hamming, not '1'", "index", "build", "v.npy", "--output", "x", "--metric", "1")]
    [InlineData("--type takes hnsw, ivf, flat, not 'foo'", "index", "build", "v.npy", "--output", "x", "--type", "foo")]
    [InlineData("--train takes bpe, wordpiece, unigram, not 'foo'", "tokenize", "--train", "foo", "a.txt")]
    [InlineData("--out needs --train", "tokenize", "a.txt", "--out", "t.json")]
    [InlineData("--recall takes a number above 0 and at most 1, not '2'", "index", "tune", "x", "--recall", "2")]
    [InlineData("--recall takes a number above 0 and at most 1, not 'NaN'", "index", "tune", "x", "--recall", "NaN")]
    [InlineData(
        "--bands takes a whole number of at least 1 and at most 512, not '513'",
        "spectrogram", "a.wav", "--out", "a.png", "--bands", "513")]
    [InlineData("must end in .png, not 'a.jpg'", "spectrogram", "a.wav", "--out", "a.jpg")]
    [InlineData("must end in .npz or .jsonl, not 'a.npy'", "index", "search", "q.npy", "--index", "x", "--out", "a.npy")]
    [InlineData("index search needs --index FILE", "index", "search", "q.npy")]
    [InlineData("not both", "embed", "a.txt", "--text", "b")]
    [InlineData("not for 'tcsh'", "completions", "tcsh")]
    public void The_sentence_says_what_is_wrong(string sentence, params string[] arguments) => Run.Of(arguments).IsRefused(sentence);

    [Fact]
    public void Choices_are_taken_in_letters_of_either_case() =>
        Assert.Contains(
            "no.npy",
            Run.Of("index", "build", "no.npy", "--output", "x", "--metric", "L2", "--type", "HNSW").Error,
            StringComparison.Ordinal);

    [Fact]
    public void Models_alone_lists_them() => Assert.Equal(Run.Of("models", "list", "--json").Output, Run.Of("models", "--json").Output);

    [Fact]
    public void Words_in_the_place_of_a_file_are_told_how_to_be_given()
    {
        var run = Run.Of("embed", "some words");
        Assert.Equal(1, run.Code);
        Assert.Contains("simile embed --text 'some words'", run.Error, StringComparison.Ordinal);
        Assert.Contains("simile tokenize --text 'some words'", Run.Of("tokenize", "some words").Error, StringComparison.Ordinal);
    }
}

namespace Simile.Models.Tests;

public sealed class HubNameTests
{
    [Theory]
    [InlineData("sentence-transformers/all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", null)]
    [InlineData("org/name@v1.0", "org/name", "v1.0")]
    [InlineData("org/name@refs/pr/3", "org/name", "refs/pr/3")]
    [InlineData("gpt2", "gpt2", null)]
    public void A_name_has_a_repository_and_perhaps_a_revision(string text, string repository, string? revision)
    {
        Assert.Equal(new HubName(repository, revision), HubName.Parse(text));
        Assert.Equal(text, HubName.Parse(text)!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c")]
    [InlineData("a//b")]
    [InlineData("../b")]
    [InlineData("a/..")]
    [InlineData("a--b/c")]
    [InlineData("a/b@")]
    [InlineData("a/b@../x")]
    [InlineData("a/b@x@y")]
    [InlineData("./model")]
    [InlineData("C:\\models")]
    [InlineData("a b/c")]
    public void What_could_lead_out_of_the_cache_is_no_name(string text) => Assert.Null(HubName.Parse(text));

    [Theory]
    [InlineData("distilbert-base-uncased", "distilbert-base-uncased", "distilbert/distilbert-base-uncased")]
    [InlineData("gpt2", "gpt2", "openai-community/gpt2")]
    [InlineData("bert-base-cased", "bert-base-cased", "google-bert/bert-base-cased")]
    [InlineData("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "all-MiniLM-L6-v2")]
    public void A_name_without_an_owner_is_an_old_one_or_one_of_sentence_transformers(string text, string first, string second) =>
        Assert.Equal([first, second], HubName.Parse(text)!.Candidates().Select(name => name.Repository));
}

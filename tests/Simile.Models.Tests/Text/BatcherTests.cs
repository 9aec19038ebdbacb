using Simile.Models.Text;

namespace Simile.Models.Tests.Text;

public class BatcherTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(int.MaxValue)]
    public void Every_text_is_handed_out_once_within_the_budget(int evenTokens)
    {
        var options = new BatcherOptions { EvenTokens = evenTokens, Window = 700, Workers = 2 };
        var batches = All(options);
        Assert.Equal(Enumerable.Range(0, 1000), batches.SelectMany(batch => batch.Rows).Order());
        Assert.All(batches, batch => Assert.True(batch.Rows.Length == 1 || batch.Rows.Length * batch.Length <= options.TokenBudget));
    }

    [Fact]
    public void Without_padding_only_texts_of_one_length_stand_together() =>
        Assert.All(All(new BatcherOptions { EvenTokens = 0 }), batch => Assert.True(batch.IsEven));

    [Fact]
    public void Large_batches_end_where_the_length_changes_and_small_ones_are_filled_up()
    {
        var batches = All(new BatcherOptions { EvenTokens = 128, Workers = 1 });
        Assert.All(batches, batch => Assert.True(batch.IsEven || batch.Ids.Count(ids => ids.Length == batch.Length) * batch.Length < 128));
        Assert.Contains(batches, batch => !batch.IsEven);
        Assert.Contains(batches, batch => batch.IsEven && batch.Rows.Length > 1);
    }

    // Many short texts, some empty, few long ones.
    private static List<Batch> All(BatcherOptions options)
    {
        var batcher = new Batcher(1000, i => new int[i % 50 == 0 ? i / 4 : i % 7], options);
        var batches = new List<Batch>();
        while (batcher.Take() is { } batch)
        {
            batches.Add(batch);
        }

        return batches;
    }
}

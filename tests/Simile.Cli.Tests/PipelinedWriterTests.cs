namespace Simile.Cli.Tests;

public class PipelinedWriterTests
{
    // Longer than any machine needs: only what would wait for ever fails.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public void Everything_is_written_in_order_one_at_a_time()
    {
        var (written, inside) = (new List<int>(), 0);
        PipelinedWriter.Write(Enumerable.Range(0, 100), thing =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            written.Add(thing);
            Interlocked.Decrement(ref inside);
        });
        Assert.Equal(Enumerable.Range(0, 100), written);
    }

    [Fact]
    public void The_next_thing_is_made_while_one_is_written()
    {
        using var made = new ManualResetEventSlim();
        PipelinedWriter.Write(Things(), thing => Assert.True(thing == 2 || made.Wait(Patience), "The second thing waits for the first."));

        IEnumerable<int> Things()
        {
            yield return 1;
            made.Set();
            yield return 2;
        }
    }

    [Fact]
    public void What_fails_to_be_made_is_said_though_the_write_before_it_fails_later()
    {
        using var failing = new ManualResetEventSlim();
        var ended = false;
        Assert.Equal("line 2 is bad", Assert.Throws<InvalidDataException>(() => PipelinedWriter.Write(Things(), Write)).Message);
        Assert.True(ended);

        IEnumerable<int> Things()
        {
            yield return 1;
            try
            {
                throw new InvalidDataException("line 2 is bad");
            }
            finally
            {
                failing.Set();
            }
        }

        void Write(int thing)
        {
            failing.Wait();
            ended = true;
            throw new IOException("nobody reads");
        }
    }

    [Fact]
    public void A_write_that_failed_is_said_though_something_fails_after_it()
    {
        Assert.Equal(
            "the disk is full",
            Assert.Throws<IOException>(() => PipelinedWriter.Write(Things(), _ => throw new IOException("the disk is full"))).Message);

        static IEnumerable<int> Things()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                Fail();
            }
        }

        static void Fail() => throw new InvalidDataException("the lines cannot be closed");
    }

    [Fact]
    public void Nothing_more_is_written_after_a_write_that_failed()
    {
        var written = 0;
        Assert.Throws<IOException>(() => PipelinedWriter.Write(Enumerable.Range(0, 10), _ => throw new IOException($"{++written}")));
        Assert.Equal(1, written);
    }
}

using Simile.Models.Onnx;

namespace Simile.Models.Tests.Onnx;

public sealed class ProcessEndTests
{
    // Longer than any machine needs: only what would wait for ever fails.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public void The_end_waits_for_whoever_is_inside()
    {
        var end = new ProcessEnd();
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var inside = Run(() =>
        {
            using var hold = end.HoldBack();
            entered.Set();
            leave.Wait(Long);
        });
        Assert.True(entered.Wait(Long, TestContext.Current.CancellationToken));
        Assert.False(end.Begin(TimeSpan.FromMilliseconds(20)));

        leave.Set();
        Assert.True(end.Begin(Long));
        Assert.True(inside.Join(Long));
    }

    [Fact]
    public void Once_the_end_has_begun_only_its_own_thread_gets_in()
    {
        var end = new ProcessEnd();
        Assert.True(end.Begin(Long));
        var late = Run(() => end.HoldBack().Dispose());
        Assert.False(late.Join(50));
        end.HoldBack().Dispose();
    }

    // A thread of its own: one that waits for the end for ever must not be one of the pool's.
    private static Thread Run(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        thread.Start();
        return thread;
    }
}

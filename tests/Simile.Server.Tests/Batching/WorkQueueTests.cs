using System.Collections.Concurrent;
using Simile.Server.Batching;

namespace Simile.Server.Tests.Batching;

public sealed class WorkQueueTests
{
    private static readonly SimileServerOptions Options = new() { MaxBatchTokens = 10, MaxQueuedTokens = 40 };

    [Fact]
    public async Task Outputs_are_in_the_order_of_the_inputs()
    {
        await using var queue = new WorkQueue<int, int>(
            (inputs, _) => [.. inputs.Select(x => x * x)], _ => 3, new SimileServerOptions { MaxBatchTokens = 10 }, "m");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => queue.RunAsync([i, i + 100], default)));
        Assert.All(
            answers.Index(),
            answer => Assert.Equal([answer.Index * answer.Index, (answer.Index + 100) * (answer.Index + 100)], answer.Item));
    }

    [Fact]
    public async Task Requests_that_wait_share_batches_within_the_budget_and_take_turns()
    {
        using var gate = new ManualResetEventSlim();
        var batches = new ConcurrentQueue<int[]>();
        await using var queue = new WorkQueue<int, int>(Run, _ => 5, Options, "m");
        var first = queue.RunAsync([0], default);
        while (batches.IsEmpty)
        {
            await Task.Delay(5);
        }

        var longer = queue.RunAsync([1, 2, 3], default);
        var shorter = queue.RunAsync([11], default);
        gate.Set();
        await Task.WhenAll(first, longer, shorter);
        Assert.Equal([[0], [1, 11], [2, 3]], batches.ToArray());

        int[] Run(IReadOnlyList<int> inputs, CancellationToken stop)
        {
            batches.Enqueue([.. inputs]);
            gate.Wait(stop);
            return [.. inputs];
        }
    }

    [Fact]
    public async Task A_full_queue_refuses_and_says_when_to_come_back_but_a_large_request_runs_alone()
    {
        using var gate = new ManualResetEventSlim();
        await using var queue = new WorkQueue<int, int>(Run, _ => 10, Options, "m");
        var running = queue.RunAsync([.. Enumerable.Range(0, 20)], default);
        var full = await Assert.ThrowsAsync<QueueFullException>(() => queue.RunAsync([1], default));
        Assert.InRange(full.RetryAfter.TotalSeconds, 1, 60);
        gate.Set();
        Assert.Equal(Enumerable.Range(0, 20), await running);
        Assert.Equal(1, Assert.Single(await queue.RunAsync([1], default)));

        int[] Run(IReadOnlyList<int> inputs, CancellationToken stop)
        {
            gate.Wait(stop);
            return [.. inputs];
        }
    }

    [Fact]
    public async Task A_canceled_request_leaves_the_queue_and_stops_a_batch_that_is_all_its_own()
    {
        using var began = new ManualResetEventSlim();
        var seen = new ConcurrentQueue<int>();
        await using var queue = new WorkQueue<int, int>(Run, _ => 10, Options, "m");
        using var stop = new CancellationTokenSource();
        var running = queue.RunAsync([1, 2, 3], stop.Token);
        began.Wait();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(4, Assert.Single(await queue.RunAsync([4], default)));
        Assert.Equal([1, 4], seen);

        int[] Run(IReadOnlyList<int> inputs, CancellationToken canceled)
        {
            seen.Enqueue(inputs[0]);
            began.Set();
            if (inputs[0] == 1)
            {
                canceled.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                canceled.ThrowIfCancellationRequested();
            }

            return [.. inputs];
        }
    }

    [Fact]
    public async Task A_batch_that_fails_fails_its_requests_and_no_others()
    {
        await using var queue = new WorkQueue<int, int>(
            (inputs, _) => inputs.Contains(13) ? throw new InvalidDataException("13") : [.. inputs], _ => 10, Options, "m");
        await Assert.ThrowsAsync<InvalidDataException>(() => queue.RunAsync([13, 14, 15], default));
        Assert.Equal(7, Assert.Single(await queue.RunAsync([7], default)));
    }
}

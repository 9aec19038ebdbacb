using System.Diagnostics;
using Simile.Server.Telemetry;

namespace Simile.Server.Batching;

/// <summary>
/// Runs the inputs of many requests through a model in shared batches. A batch is whatever waits when the one before it ends, up to a
/// budget: a single request never waits for company, and under load the batches grow.
/// </summary>
/// <remarks>
/// Thread-safe. One batch runs at a time, because a batch uses all cores. Requests take turns input by input, so that a short request is
/// not behind a long one. Disposal waits for the running batch.
/// </remarks>
/// <param name="run">Computes the outputs of a batch in order.</param>
/// <param name="cost">The cost of an input in tokens, at least 1.</param>
/// <param name="options">The limits.</param>
/// <param name="model">The name of the model, for metrics.</param>
internal sealed class WorkQueue<TInput, TOutput>(
    Func<IReadOnlyList<TInput>, CancellationToken, IReadOnlyList<TOutput>> run,
    Func<TInput, int> cost,
    SimileServerOptions options,
    string model) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Job> _jobs = [];
    private Task _worker = Task.CompletedTask;
    private bool _isRunning;
    private long _waiting;
    private double _tokensPerSecond = 1000;

    /// <summary>The outputs of a request's inputs in order.</summary>
    /// <exception cref="QueueFullException">Too much work is waiting.</exception>
    /// <exception cref="OperationCanceledException">The client went away. Its inputs that still wait are dropped.</exception>
    public async Task<TOutput[]> RunAsync(IReadOnlyList<TInput> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (inputs.Count == 0)
        {
            return [];
        }

        var job = new Job(inputs, [.. inputs.Select(cost)], cancellationToken);
        Enter(job);
        using var registration = cancellationToken.Register(() => Drop(job, new OperationCanceledException(cancellationToken)));
        return await job.Result.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task worker;
        lock (_lock)
        {
            worker = _worker;
        }

        await worker.ConfigureAwait(false);
    }

    // A request larger than the whole queue is admitted when nothing waits: MaxInputs and MaxBodyBytes bound it.
    private void Enter(Job job)
    {
        lock (_lock)
        {
            if (_waiting > 0 && _waiting + job.Cost > options.MaxQueuedTokens)
            {
                throw new QueueFullException(TimeSpan.FromSeconds(Math.Clamp(_waiting / _tokensPerSecond, 1, 60)));
            }

            _waiting += job.Cost;
            ServerTelemetry.Waiting(model, job.Cost);
            _jobs.AddLast(job);
            if (!_isRunning)
            {
                _isRunning = true;
                _worker = Task.Run(Work, CancellationToken.None);
            }
        }
    }

    private void Work()
    {
        while (Take() is { Count: > 0 } batch)
        {
            Run(batch);
        }
    }

    private List<(Job Job, int Input)> Take()
    {
        var (batch, tokens) = (new List<(Job, int)>(), 0L);
        lock (_lock)
        {
            while (_jobs.First is { Value: var job } node && (batch.Count == 0 || tokens + job.Costs[job.Next] <= options.MaxBatchTokens))
            {
                tokens += job.Costs[job.Next];
                batch.Add((job, job.Next++));
                _jobs.RemoveFirst();
                if (job.Next < job.Costs.Length)
                {
                    _jobs.AddLast(node);
                }
            }

            _waiting -= tokens;
            ServerTelemetry.Waiting(model, -tokens);
            _isRunning = batch.Count > 0;
        }

        return batch;
    }

    private void Run(List<(Job Job, int Input)> batch)
    {
        var begin = Stopwatch.GetTimestamp();
        var jobs = batch.Select(entry => entry.Job).ToHashSet();
        using var stop = new SharedStop(jobs.Select(job => job.Stop));
        try
        {
            var outputs = run([.. batch.Select(entry => entry.Job.Inputs[entry.Input])], stop.Token);
            Measure(batch, Stopwatch.GetElapsedTime(begin));
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Job.Complete(batch[i].Input, outputs[i]);
            }
        }
        catch (Exception e)
        {
            foreach (var job in jobs)
            {
                Drop(job, e);
            }
        }
    }

    private void Measure(List<(Job Job, int Input)> batch, TimeSpan elapsed)
    {
        var tokens = batch.Sum(entry => (long)entry.Job.Costs[entry.Input]);
        ServerTelemetry.Batch(model, batch.Count, tokens, elapsed);
        lock (_lock)
        {
            _tokensPerSecond += (Math.Max(1, tokens / Math.Max(elapsed.TotalSeconds, 1e-6)) - _tokensPerSecond) / 8;
        }
    }

    private void Drop(Job job, Exception reason)
    {
        lock (_lock)
        {
            if (_jobs.Remove(job))
            {
                var left = job.Costs.AsSpan(job.Next).ToArray().Sum(tokens => (long)tokens);
                _waiting -= left;
                ServerTelemetry.Waiting(model, -left);
            }
        }

        job.Fail(reason);
    }

    /// <summary>The inputs of one request.</summary>
    private sealed class Job(IReadOnlyList<TInput> inputs, int[] costs, CancellationToken stop)
    {
        private readonly TaskCompletionSource<TOutput[]> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TOutput[] _outputs = new TOutput[costs.Length];
        private int _left = costs.Length;

        public IReadOnlyList<TInput> Inputs => inputs;

        public int[] Costs => costs;

        public long Cost { get; } = costs.Sum(tokens => (long)tokens);

        public CancellationToken Stop => stop;

        public Task<TOutput[]> Result => _result.Task;

        /// <summary>The next input to run. Changed only under the queue's lock.</summary>
        public int Next { get; set; }

        // Only the worker completes inputs, so the count needs no lock.
        public void Complete(int input, TOutput output)
        {
            _outputs[input] = output;
            if (--_left == 0)
            {
                _result.TrySetResult(_outputs);
            }
        }

        public void Fail(Exception reason)
        {
            if (reason is OperationCanceledException)
            {
                _result.TrySetCanceled(stop.IsCancellationRequested ? stop : default);
            }
            else
            {
                _result.TrySetException(reason);
            }
        }
    }
}

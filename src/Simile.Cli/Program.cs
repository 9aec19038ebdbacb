using System.Runtime.InteropServices;
using Simile.Cli;

ResourceLimits.TurnFileSizeIntoErrors();
if (ResourceLimits.Complaint() is { } complaint)
{
    StandardError.Write($"simile: {complaint}\n");
    return ExitCode.Failure;
}

using var stop = new CancellationTokenSource();
var signal = 0;
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, 1));
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15));

using var terminal = new Terminal();
var work = Task.Run(() => Failures.Guard(terminal, () => CommandLine.Run(args, terminal, stop.Token)));
try
{
    work.Wait(stop.Token);
}
catch (OperationCanceledException)
{
    // Work stops between batches. Work that does not stop in time is abandoned when the process ends.
    if (!work.Wait(TimeSpan.FromSeconds(terminal.IsServer ? 35 : 5)) && terminal.KeptOnStop is { } kept)
    {
        terminal.Say(kept);
    }
}

return signal != 0 && !terminal.IsServer ? ExitCode.Signal + signal : work.IsCompleted ? work.Result : ExitCode.Signal + signal;

void Stop(PosixSignalContext context, int number)
{
    // A second signal ends the process at once.
    context.Cancel = Interlocked.CompareExchange(ref signal, number, 0) == 0;
    stop.Cancel();
}

using System.Diagnostics;
using System.Reflection;

namespace Server;

/// <summary>A second process of this program, whose processor time is measured.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    public Child(params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Assembly.GetExecutingAssembly().Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        First = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The child process ended.");
    }

    /// <summary>Its first line of output.</summary>
    public string First { get; }

    /// <summary>Megabytes of memory that are its own.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Sends a number, and waits for a line.</summary>
    public void Command(int number)
    {
        _process.StandardInput.WriteLine(number);
        _process.StandardOutput.ReadLine();
    }

    /// <summary>The processor time that the process takes while something is done.</summary>
    public async Task<TimeSpan> MeasureAsync(Func<Task> work)
    {
        _process.Refresh();
        var before = _process.TotalProcessorTime;
        await work();
        _process.Refresh();
        return _process.TotalProcessorTime - before;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

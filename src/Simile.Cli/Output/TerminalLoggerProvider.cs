using Microsoft.Extensions.Logging;

namespace Simile.Cli;

/// <summary>Shows warnings and errors of a server on standard error, one line each.</summary>
internal sealed class TerminalLoggerProvider(Terminal terminal) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.Say(Cut.OneLine(formatter(state, exception)));
        }
    }

    public void Dispose()
    {
    }
}

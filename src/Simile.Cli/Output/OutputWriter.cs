using System.Text;

namespace Simile.Cli;

/// <summary>A text writer over standard output, for the parser's help.</summary>
internal sealed class OutputWriter(Terminal terminal) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => terminal.Output.Write(Encoding.UTF8.GetBytes([value]));

    public override void Write(string? value) => terminal.Output.Write(Encoding.UTF8.GetBytes(value ?? string.Empty));

    public override void Write(char[] buffer, int index, int count) => terminal.Output.Write(Encoding.UTF8.GetBytes(buffer, index, count));

    public override void WriteLine() => terminal.Output.WriteByte((byte)'\n');

    public override void WriteLine(string? value)
    {
        Write(value);
        WriteLine();
    }
}

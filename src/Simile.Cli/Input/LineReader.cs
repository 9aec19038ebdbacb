using System.Text;
using System.Text.Unicode;

namespace Simile.Cli;

/// <summary>
/// Lines of UTF-8 text from a file or standard input, returned as they arrive. Needs memory for one chunk, whatever the file's size.
/// </summary>
/// <remarks>
/// A line ends with LF or CR LF, which the last line may lack. A byte order mark is dropped. Invalid UTF-8 becomes U+FFFD,
/// so line i of the output is always line i of the input.
/// </remarks>
internal sealed class LineReader : IDisposable
{
    private const int LongestLine = 64 << 20;
    private const int CharactersPerChunk = 4 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Stream _stream;
    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _searched;
    private int _end;
    private bool _ended;
    private Task<int>? _pending;

    private LineReader(Stream stream, string name)
    {
        _stream = stream;
        Name = name;
    }

    /// <summary>The source's name in messages.</summary>
    public string Name { get; }

    /// <summary>Number of lines read so far.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Number of lines whose invalid bytes were replaced by U+FFFD.</summary>
    public long Repaired { get; private set; }

    /// <summary>The number of the first line whose invalid bytes were replaced, from 1; 0 for none.</summary>
    public long FirstRepaired { get; private set; }

    /// <summary>Opens a file, or standard input for null and "-".</summary>
    public static LineReader Open(string? file)
    {
        if (file is null or "-" or "/dev/stdin")
        {
            if (!StandardStreams.IsOpen(StandardStreams.Input))
            {
                throw new IOException("Standard input is closed: give a file of lines, or use '< FILE'.");
            }

            return new LineReader(Console.OpenStandardInput(), "standard input");
        }

        if (Directory.Exists(file))
        {
            throw new ArgumentException($"{file} is a folder: give a file of lines, or - for standard input.");
        }

        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no file {file}.");
        }

        return new LineReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), file);
    }

    /// <summary>The next lines: up to <paramref name="most"/>, fewer if the source pauses; none at its end.</summary>
    public List<string> ReadChunk(int most, CancellationToken stop)
    {
        var lines = new List<string>();
        var characters = 0;
        while (lines.Count < most && characters < CharactersPerChunk && TryReadLine(mayPause: lines.Count > 0, stop) is { } line)
        {
            lines.Add(line);
            characters += line.Length;
        }

        return lines;
    }

    public void Dispose() => _stream.Dispose();

    private string? TryReadLine(bool mayPause, CancellationToken stop)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Take(_searched + length - _start);
                _start = ++_searched;
                return line;
            }

            _searched = _end;
            if (_ended)
            {
                return _end > _start ? Take(_end - _start) : null;
            }

            if (!Fill(mayPause, stop))
            {
                return null;
            }
        }
    }

    private string Take(int length)
    {
        LineNumber++;
        var line = _buffer.AsSpan(_start, length);
        _start = _searched = _start + length;
        if (LineNumber == 1)
        {
            RefuseUtf16(line);
            line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        }

        if (line is [.., (byte)'\r'])
        {
            line = line[..^1];
        }

        if (!Utf8.IsValid(line))
        {
            FirstRepaired = Repaired++ == 0 ? LineNumber : FirstRepaired;
        }

        return Encoding.UTF8.GetString(line);
    }

    private void RefuseUtf16(ReadOnlySpan<byte> line)
    {
        if (line is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new InvalidDataException($"{Name} is UTF-16: save it as UTF-8.");
        }
    }

    private bool Fill(bool mayPause, CancellationToken stop)
    {
        MakeRoom();
        _pending ??= _stream.ReadAsync(_buffer.AsMemory(_end), CancellationToken.None).AsTask();
        if (mayPause && !_pending.Wait(Pause, stop))
        {
            return false;
        }

        _pending.Wait(stop);
        var read = _pending.GetAwaiter().GetResult();
        _pending = null;
        _ended = read == 0;
        _end += read;
        return true;
    }

    private void MakeRoom()
    {
        // A read in progress writes at the current end of the buffer.
        if (_pending is not null || _end < _buffer.Length)
        {
            return;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _searched, _end) = (0, _searched - _start, _end - _start);
        }
        else if (_buffer.Length >= LongestLine)
        {
            throw new InvalidDataException(
                $"{Name} line {LineNumber + 1} is longer than {LongestLine >> 20} MiB: this is not a file of lines.");
        }
        else
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}

using System.Runtime.InteropServices;

namespace Simile.Cli;

/// <summary>Writes to a Unix file descriptor with write(2).</summary>
/// <remarks>
/// The console's own stream hides that the reader of a pipe has gone, so a long run would continue in vain.
/// A FileStream keeps its own position, which other processes that write to the same file do not share.
/// </remarks>
internal sealed partial class DescriptorStream(int descriptor) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Writing failed. The HResult is the system's error number.</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            fixed (byte* bytes = buffer)
            {
                var written = WriteBytes(descriptor, bytes, (nuint)buffer.Length);
                if (written < 0)
                {
                    WaitOrThrow(Marshal.GetLastPInvokeError());
                    continue;
                }

                buffer = buffer[(int)written..];
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private unsafe void WaitOrThrow(int error)
    {
        const int Interrupted = 4;
        var wouldBlock = OperatingSystem.IsLinux() ? 11 : 35;
        if (error == wouldBlock)
        {
            // The parent process made the stream non-blocking, and its buffer is full.
            const short Writable = 4;
            const int ForEver = -1;
            var awaited = new Awaited { Descriptor = descriptor, Events = Writable };
            _ = Poll(&awaited, 1, ForEver);
        }
        else if (error != Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint WriteBytes(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Poll(Awaited* awaited, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Awaited
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}

using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Simile.Numerics.Files;

namespace Simile.Models.Checkpoints;

/// <summary>A memory-mapped file. Pages that are not touched are never read.</summary>
/// <remarks>After disposal its memory throws <see cref="ObjectDisposedException"/>. Reads in progress must have ended before.</remarks>
internal sealed unsafe partial class MappedFile : IDisposable
{
    private const int DontNeed = 4;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _start;
    private int _disposed; // 1 once it is

    /// <summary>Maps a file.</summary>
    public MappedFile(string path)
    {
        RegularFile.Require(path);
        var handle = File.OpenHandle(path);
        try
        {
            Length = RandomAccess.GetLength(handle); // FileInfo would give the length of a link, which is what the hub's cache is made of
            if (Length == 0)
            {
                handle.Dispose(); // an empty file cannot be mapped
                return;
            }

            _file = MemoryMappedFile.CreateFromFile(
                handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        catch
        {
            _file?.Dispose();
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>A part of the file.</summary>
    public Memory<byte> Slice(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new View(this, _start + offset, length).Memory;
    }

    /// <summary>
    /// Removes the pages read so far from this process's memory (Linux only). Reading them again takes them from the system's file cache,
    /// so nothing is lost, even during reads. Frequently used parts should stay.
    /// </summary>
    public void GiveBackPages()
    {
        if (OperatingSystem.IsLinux() && _view is not null)
        {
            // Pinned, so that nothing else can occupy this address meanwhile: anonymous memory would be lost.
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            try
            {
                _ = Advise(start, (nuint)Length, DontNeed);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                // Another C library: the pages stay.
            }
            finally
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    private sealed class View(MappedFile file, byte* start, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan()
        {
            // The address is no longer ours: reading it would end the process.
            ObjectDisposedException.ThrowIf(Volatile.Read(ref file._disposed) != 0, typeof(TextEmbedder));
            return new Span<byte>(start, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex, default, this);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}

/// <summary>Reinterprets bytes as numbers, without a copy.</summary>
internal sealed unsafe class CastMemory<T>(Memory<byte> bytes) : MemoryManager<T>
    where T : unmanaged
{
    private MemoryHandle _pin;

    /// <inheritdoc/>
    public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(bytes.Span);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        _pin = bytes.Pin();
        return new MemoryHandle(Unsafe.Add<T>(_pin.Pointer, elementIndex), default, this);
    }

    /// <inheritdoc/>
    public override void Unpin() => _pin.Dispose();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}

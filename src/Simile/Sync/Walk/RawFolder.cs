using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Simile.Sync.Walk;

/// <summary>Names that are not UTF-8: Linux stores names as bytes, which .NET cannot represent.</summary>
internal static partial class RawFolder
{
    private const int NameOffset = 19;
    private const int CloseOnExec = 0x80000;

    /// <summary>Whether such names can be read here: on 64-bit Linux, whose struct dirent is known.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>The names in a folder, without . and .. ; empty if it cannot be opened.</summary>
    /// <param name="folder">Its path in bytes, zero-terminated.</param>
    public static List<byte[]> Names(byte[] folder)
    {
        var names = new List<byte[]>();
        var stream = OpenFolder(folder);
        if (stream == 0)
        {
            return names;
        }

        for (var entry = ReadFolder(stream); entry != 0; entry = ReadFolder(stream))
        {
            var name = Terminated(entry + NameOffset);
            if (name is not [(byte)'.'] and not [(byte)'.', (byte)'.'])
            {
                names.Add(name);
            }
        }

        _ = CloseFolder(stream);
        return names;
    }

    /// <summary>Opens a file by its path in bytes, zero-terminated.</summary>
    /// <exception cref="IOException">The system refuses it.</exception>
    public static SafeFileHandle Open(byte[] path)
    {
        var file = OpenFile(path, CloseOnExec);
        return file >= 0
            ? new SafeFileHandle(file, ownsHandle: true)
            : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
    }

    /// <summary>A path for display that can be typed into a shell between $' and ': a byte that is not a character is \xE9.</summary>
    public static string Display(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder();
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                length = 1;
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{name[0]:X2}");
            }

            name = name[length..];
        }

        return text.ToString();
    }

    public static byte[] Bytes(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    public static byte[] Join(byte[] folder, byte[] name) => [.. folder.AsSpan(..^1), (byte)'/', .. name, 0];

    public static bool IsUtf8(byte[] name) => Utf8.IsValid(name);

    private static unsafe byte[] Terminated(nint text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text).ToArray();

    [LibraryImport("libc", EntryPoint = "opendir")]
    private static partial nint OpenFolder(byte[] path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int OpenFile(byte[] path, int flags);
}

using System.Runtime.InteropServices;

namespace Simile.Index.Memory;

/// <summary>Pages of 2 MB, if the system provides them.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>Size and alignment of a huge page in bytes.</summary>
    public const int Size = 1 << 21;

    private const int Advice = 14;

    /// <summary>Rounds large blocks up to whole huge pages: otherwise the last one would be many small pages.</summary>
    public static nuint Rounded(nuint bytes) => bytes < Size ? bytes : (bytes + Size - 1) / Size * Size;

    /// <summary>Requests huge pages for a block of at least one. A refusal only costs speed.</summary>
    public static void AskFor(void* block, nuint bytes)
    {
        if (bytes >= Size && OperatingSystem.IsLinux())
        {
            _ = Advise(block, bytes, Advice);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}

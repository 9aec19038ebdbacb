using System.Runtime.InteropServices;

namespace Simile.Index.Memory;

/// <summary>Pages of 2 MB, where the system gives them to those who ask.</summary>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page, and where it begins.</summary>
    public const int Size = 1 << 21;

    private const int Advice = 14;

    /// <summary>Whole huge pages where a block is large: the last one would otherwise be many small ones.</summary>
    public static nuint Rounded(nuint bytes) => bytes < Size ? bytes : (bytes + Size - 1) / Size * Size;

    /// <summary>Asks Linux for huge pages under a block of at least one; a refusal costs speed only.</summary>
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

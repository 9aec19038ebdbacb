using System.Diagnostics;

namespace Simile.Tokenizers.Tests;

internal static partial class Small
{
    // Unoptimized code boxes keys of dictionaries, and the JIT comes round only when the other tests leave it time: only what never does
    // takes so long.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Bytes that finding the ids of a text allocates, once the code for it is optimized.</summary>
    public static long AllocatedWhenWarm(Tokenizer tokenizer, string text)
    {
        var ids = new List<int>(1000);
        var start = Stopwatch.GetTimestamp();
        long allocated;
        do
        {
            ids.Clear();
            var before = GC.GetAllocatedBytesForCurrentThread();
            tokenizer.EncodeIds(text, ids);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (allocated > 0 && Stopwatch.GetElapsedTime(start) < Longest);
        return allocated;
    }
}

namespace Simile.Analysis;

/// <summary>Reports on the calling thread. Progress&lt;T&gt; would report on another one, where reports can overtake each other.</summary>
internal sealed class SynchronousProgress(Action<int> report) : IProgress<int>
{
    public void Report(int value) => report(value);
}

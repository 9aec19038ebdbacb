using Simile.Testing;

namespace Simile.Analysis.Tests;

/// <summary>Holds a refusal to one sentence.</summary>
internal static class Sentence
{
    public static void Of<TException>(Action action)
        where TException : Exception
    {
        var message = Assert.ThrowsAny<TException>(action).Message;
        Effort.AssertIsSentence(message.Split(" (Parameter", 2)[0]);
    }
}

using System.CommandLine;

namespace Simile.Cli;

/// <summary>simile store …: the verbs about stores.</summary>
internal static class StoreVerb
{
    public static Command Create(Job job) => new Verb("store", "Checks a store.", "simile store check --store notes.simile")
    {
        StoreCheckVerb.Create(job),
    };
}
